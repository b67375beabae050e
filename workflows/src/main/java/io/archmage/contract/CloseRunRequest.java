package io.archmage.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Ends a run.
 *
 * @param run the run
 * @param repository absolute path of the repository
 * @param report the report; lists and outputs left out for size are filled in from the repository
 */
@Wire
public record CloseRunRequest(RunKey run, String repository, JsonNode report) {}
