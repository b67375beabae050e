package io.archmage.familiar;

import io.archmage.contract.AttemptFailure.Kind;
import io.archmage.contract.InvokeRequest;
import io.archmage.process.EndReason;
import io.archmage.process.ProcessExit;
import io.archmage.process.ProcessSpec;

/** Says in which way an attempt failed. */
final class FailureWords {

  /** The exit code by which a familiar asks to be tried again later (EX_TEMPFAIL). */
  private static final int EXIT_TRY_LATER = 75;

  /** The exit code for signal n is this and n, which is at most {@value #SIGNALS}. */
  private static final int FIRST_SIGNAL = 128;

  private static final int SIGNALS = 64;

  private final InvokeRequest request;

  FailureWords(InvokeRequest request) {
    this.request = request;
  }

  /** In which way it ended, which was not well. */
  static Kind kind(ProcessExit exit, AttemptFollower.Stopped stopped) {
    if (exit.isSuccess()) {
      return Kind.INVALID_RESULT;
    }
    return switch (exit.reason()) {
      case EXITED ->
        exit.code() == EXIT_TRY_LATER
            ? Kind.TRY_LATER
            : isSignal(exit.code()) ? Kind.SIGNAL : Kind.EXIT;
      case CANCELLED ->
        switch (stopped) {
          case STALLED -> Kind.STALL;
          case NOT, CANCELLED -> Kind.CANCELLED;
        };
      case WALL_TIMEOUT -> Kind.TIMEOUT;
      case OUTPUT_LIMIT -> Kind.OUTPUT_LIMIT;
      case LEASE_EXPIRED, LOST -> Kind.LOST;
    };
  }

  private static boolean isSignal(int code) {
    return code > FIRST_SIGNAL && code <= FIRST_SIGNAL + SIGNALS;
  }

  /**
   * What to tell people.
   *
   * @param output the end of what it wrote
   */
  String message(Kind kind, ProcessExit exit, String output) {
    String last = output.isEmpty() ? "" : ": " + lastLine(output);
    return switch (kind) {
      case EXIT -> request.familiar() + " exited with " + exit.code() + last;
      case SIGNAL ->
        request.familiar() + " was ended by signal " + (exit.code() - FIRST_SIGNAL) + last;
      case TIMEOUT ->
        request.familiar() + " ran longer than its timeout of " + request.timeoutMs() + " ms";
      case STALL -> request.familiar() + " wrote nothing for " + request.stallMs() + " ms";
      case OUTPUT_LIMIT ->
        request.familiar()
            + " was ended because it wrote more than "
            + ProcessSpec.MAX_OUTPUT_BYTES / 1_000_000
            + " MB to one of its streams; let it write long output to a file";
      case TRY_LATER -> request.familiar() + " asked to be tried again later" + last;
      case LOST ->
        exit.reason() == EndReason.LEASE_EXPIRED
            ? "no worker followed " + request.familiar() + " for too long, so it was ended"
            : request.familiar() + " was lost with its supervisor or machine";
      case INVALID_RESULT ->
        "the result file of " + request.familiar() + " is not the JSON object that is expected";
      case CANCELLED -> "stopped because the run was cancelled";
      case UNAVAILABLE -> request.familiar() + " is not available";
    };
  }

  private static String lastLine(String text) {
    String[] lines = text.split("\\R");
    String last = lines[lines.length - 1].strip();
    return last.length() <= 200 ? last : last.substring(0, 199) + "…";
  }
}
