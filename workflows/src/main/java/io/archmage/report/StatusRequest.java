package io.archmage.report;

import io.archmage.contract.Wire;

/**
 * Which part of a status is wanted.
 *
 * @param offset index of the first task, at least 0
 * @param limit how many tasks; 0 means the default of {@value #DEFAULT_LIMIT}
 */
@Wire
public record StatusRequest(int offset, int limit) {

  /** Tasks on a page unless asked otherwise. */
  public static final int DEFAULT_LIMIT = 200;
}
