package io.archmage.prepare;

import io.archmage.contract.FailureTypes;
import io.archmage.git.UnusableRepositoryException;
import io.archmage.plan.ProblemText;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;

/** Failures of activities that a user must mend; their message is the whole text. */
public final class Refusals {

  private Refusals() {}

  /** A plan or option is wrong. */
  public static ApplicationFailure invalid(String message) {
    return failure(message, FailureTypes.INVALID_PLAN);
  }

  /** This machine cannot run it. */
  public static ApplicationFailure environment(String message) {
    return failure(message, FailureTypes.ENVIRONMENT);
  }

  /** The repository cannot be used. */
  public static ApplicationFailure of(UnusableRepositoryException unusable) {
    return environment(String.valueOf(unusable.getMessage()));
  }

  /** A plan was refused; the details are its problems. */
  static ApplicationFailure of(PlanCheck.Refused refused) {
    return ApplicationFailure.newBuilder()
        .setMessage(ProblemText.render(refused.problems()))
        .setType(
            refused.environmentOnly() ? FailureTypes.ENVIRONMENT : FailureTypes.INVALID_PLAN)
        .setNonRetryable(true)
        .setCategory(ApplicationErrorCategory.BENIGN)
        .setDetails(refused.problems())
        .build();
  }

  private static ApplicationFailure failure(String message, String type) {
    return ApplicationFailure.newBuilder()
        .setMessage(message)
        .setType(type)
        .setNonRetryable(true)
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }
}
