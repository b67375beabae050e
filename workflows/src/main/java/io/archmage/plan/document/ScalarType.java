package io.archmage.plan.document;

/** The types of values that have no parts. */
public enum ScalarType {
  /** Text. */
  STRING,
  /** A whole number. */
  INTEGER,
  /** A number with a fraction or exponent, or one that is not finite. */
  DECIMAL,
  /** True or false. */
  BOOLEAN,
  /** No value. */
  NULL
}
