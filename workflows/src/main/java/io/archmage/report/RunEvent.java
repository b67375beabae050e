package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something worth telling that happened in a run.
 *
 * @param at when, by the workflow's clock
 * @param type such as {@code task_started}
 * @param task the task, or null
 * @param message one line for people
 */
@Wire
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunEvent(Instant at, String type, @Nullable String task, String message) {}
