package io.archmage.simulation;

import io.archmage.contract.InvokeRequest;

/** A request as a workflow would make it that forgets what was merged. */
final class Stale {

  private Stale() {}

  static InvokeRequest withBase(InvokeRequest request, String base) {
    return new InvokeRequest(
        request.run(),
        request.repository(),
        request.planId(),
        request.task(),
        request.familiar(),
        request.attempt(),
        base,
        request.rerunBecause(),
        request.timeoutMs(),
        request.stallMs(),
        request.readOnly(),
        request.inputAttempts());
  }
}
