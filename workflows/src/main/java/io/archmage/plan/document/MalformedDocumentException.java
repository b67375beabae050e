package io.archmage.plan.document;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;

/** Ends the parsing of a document at a problem that makes the rest meaningless. */
final class MalformedDocumentException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient PlanProblem problem;

  MalformedDocumentException(Position position, ProblemCode code, String message, String fix) {
    super(message);
    this.problem = PlanProblem.at(position, code, null, message, fix);
  }

  PlanProblem problem() {
    return problem;
  }
}
