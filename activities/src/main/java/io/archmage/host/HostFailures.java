package io.archmage.host;

import io.archmage.contract.FailureTypes;
import io.archmage.git.GitException;
import io.archmage.git.UnusableRepositoryException;
import io.archmage.prepare.Refusals;
import io.archmage.share.RemoteRefusedException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;

/** Turns what can go wrong on a host into failures that the engine knows how to treat. */
final class HostFailures {

  private HostFailures() {}

  /** Runs the work; troubles of this host become failures that are tried again. */
  static <T> T translate(String what, Callable<T> work) {
    try {
      return work.call();
    } catch (ApplicationFailure known) {
      throw known;
    } catch (UnusableRepositoryException unusable) {
      throw Refusals.of(unusable);
    } catch (RemoteRefusedException refused) {
      throw Refusals.environment(what + ": " + refused.getMessage());
    } catch (GitException | IOException | UncheckedIOException trouble) {
      throw ApplicationFailure.newFailureWithCause(
          what + ": " + trouble.getMessage(), FailureTypes.HOST, trouble);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ApplicationFailure.newFailure(
          what + ": this worker is stopping", FailureTypes.HOST);
    } catch (RuntimeException mistake) {
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          what + ": " + mistake, FailureTypes.HOST, mistake);
    } catch (Exception trouble) {
      throw ApplicationFailure.newFailureWithCause(
          what + ": " + trouble.getMessage(), FailureTypes.HOST, trouble);
    }
  }
}
