package io.archmage.plan.document;

import io.archmage.plan.Position;

/** A value of a document; immutable. */
public sealed interface Node permits Scalar, Sequence, Mapping {

  /** Where the value begins. */
  Position position();

  /** What kind of value it is, for messages: {@code a list}, {@code the text "x"}. */
  String describe();

  /** Whether the value is a written or implied null. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.type() == ScalarType.NULL;
  }
}
