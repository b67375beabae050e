package io.archmage.cli;

import io.archmage.contract.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list.
 *
 * @param runId its id
 * @param status the run's own status where its result tells, else {@code running}, {@code
 *     awaiting_person} or how its
 *     workflow ended
 * @param startedAt when it began
 * @param endedAt when it ended, or null
 * @param repository its repository, or null if it never began
 * @param branch its branch, or null
 * @param taskQueue the queue that it runs on
 */
@Wire
record RunRow(
    String runId,
    String status,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String repository,
    @Nullable String branch,
    String taskQueue) {}
