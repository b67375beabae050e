package io.archmage.bench;

import io.archmage.fault.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How long each attempt's workspace took, from the attempt's begin until a familiar could start. */
final class WorkspaceTimes implements Consumer<Step> {

  private final ThreadLocal<Long> begin = new ThreadLocal<>();
  private final List<Double> millis = new ArrayList<>();

  @Override
  public void accept(Step step) {
    if (step == Step.RUN_CLAIMED) {
      begin.set(System.nanoTime());
    } else if (step == Step.WORKSPACE_READY) {
      double taken = (System.nanoTime() - begin.get()) / 1e6;
      synchronized (millis) {
        millis.add(taken);
      }
    }
  }

  /** The times since the last call. */
  List<Double> take() {
    synchronized (millis) {
      List<Double> taken = List.copyOf(millis);
      millis.clear();
      return taken;
    }
  }
}
