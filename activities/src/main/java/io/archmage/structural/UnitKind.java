package io.archmage.structural;

/** What a part of a file is. */
enum UnitKind {
  /** One imported thing, or a list of them from one place. */
  IMPORT("import"),
  /** A class, interface, struct, enum or name for a type. */
  TYPE("type"),
  /** A function, method or constructor. */
  FUNCTION("function"),
  /** A field, property, constant or variable. */
  MEMBER("declaration"),
  /** A key with its value. */
  ENTRY("key"),
  /** A package, module or trait implementation: it has no meaning but its parts. */
  SCOPE("scope"),
  /** Something without a name whose place counts. */
  STATEMENT("statement"),
  /** A comment that belongs to nothing else. */
  COMMENT("comment");

  private final String word;

  UnitKind(String word) {
    this.word = word;
  }

  /** How a message calls it. */
  String word() {
    return word;
  }

  /** Whether its key is a name, so that two of it in one place are one too many. */
  boolean isNamed() {
    return this != STATEMENT && this != COMMENT;
  }
}
