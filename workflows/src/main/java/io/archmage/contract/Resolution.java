package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a person wants a conflict to end.
 *
 * @param how {@link #OURS}, {@link #THEIRS} or {@link #COMMIT}
 * @param commit a revision of the repository where {@code how} is {@code commit}, else null
 * @param head the run's head that the person was shown
 * @param files the conflicting files that the person was shown
 */
@Wire
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resolution(String how, @Nullable String commit, String head, List<String> files) {

  /** The run head's version of the conflicting files. */
  public static final String OURS = "ours";

  /** The task's version of the conflicting files. */
  public static final String THEIRS = "theirs";

  /** A commit that the person made. */
  public static final String COMMIT = "commit";

  /** No resolution: the task runs again on the merged head. */
  public static final String RERUN = "rerun";

  /** Copies the list. */
  public Resolution {
    files = List.copyOf(files);
  }
}
