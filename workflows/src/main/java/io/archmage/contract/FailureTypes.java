package io.archmage.contract;

/** The types of the application failures that users and programs see. */
public final class FailureTypes {

  /** The plan, the configuration or the options are wrong; details: the list of problems. */
  public static final String INVALID_PLAN = "InvalidPlan";

  /** The plan is right but this machine cannot run it; details: the list of problems. */
  public static final String ENVIRONMENT = "EnvironmentNotReady";

  /** The run ended with failed, skipped, undone or cancelled tasks; details: the report. */
  public static final String RUN_NOT_SUCCESSFUL = "RunNotSuccessful";

  /** An attempt ended badly; details: {@link AttemptFailure}. */
  public static final String FAMILIAR = "FamiliarFailed";

  /** Git or the file system of the host failed; the engine tries again. */
  public static final String HOST = "HostFailed";

  /** An answer was taken but cannot be carried out; the message says why. */
  public static final String NOT_ACCEPTED = "NotAccepted";

  private FailureTypes() {}
}
