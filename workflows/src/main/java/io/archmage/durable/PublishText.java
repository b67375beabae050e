package io.archmage.durable;

import io.archmage.contract.Published;

/** How a run was published, in words. */
final class PublishText {

  private PublishText() {}

  static String of(Published published) {
    if (published.how().equals("left")) {
      String command =
          published.command() == null ? "" : " Publish with `" + published.command() + "`.";
      return "Not published: " + published.because() + "." + command;
    }
    return "Published to `" + published.branch() + "` (" + published.how() + ").";
  }
}
