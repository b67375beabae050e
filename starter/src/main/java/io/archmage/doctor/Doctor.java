package io.archmage.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Carries out checks one after another; one that breaks is a finding itself. */
public final class Doctor {

  private Doctor() {}

  /** The findings of all checks, in order. */
  public static List<Finding> examine(List<Check> checks) {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      findings.addAll(look(check));
    }
    return List.copyOf(findings);
  }

  private static List<Finding> look(Check check) {
    try {
      return check.look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.warning(check.name(), "interrupted", "Run it again."));
    } catch (Exception e) {
      return List.of(
          Finding.problem(
              check.name(), Objects.requireNonNullElse(e.getMessage(), e.toString()), null));
    }
  }

  /** Whether a run can work: no finding is a problem. */
  public static boolean isWell(List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.level() == Finding.Level.PROBLEM);
  }
}
