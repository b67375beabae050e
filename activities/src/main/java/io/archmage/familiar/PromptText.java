package io.archmage.familiar;

import io.archmage.plan.Quoted;
import io.archmage.plan.TaskSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Writes the prompt of an attempt from its task. */
final class PromptText {

  private PromptText() {}

  /**
   * The prompt.
   *
   * @param task the task
   * @param file the text of its prompt file, if it has one
   * @param handed files with what it is handed, by name
   * @param rerunBecause the conflict that this attempt follows, or null
   * @param carried what is there of an attempt that was cut off
   */
  static String of(
      TaskSpec task,
      Optional<String> file,
      SequencedMap<String, Path> handed,
      @Nullable String rerunBecause,
      CarriedFiles carried) {
    StringBuilder text = new StringBuilder();
    file.ifPresent(value -> text.append(value.strip()).append("\n\n"));
    if (task.description() != null && !task.description().isBlank()) {
      text.append(task.description().strip()).append("\n\n");
    }
    text.append("Task: ").append(task.id()).append('\n');
    if (task.action() != null) {
      text.append("Action: ").append(task.action()).append('\n');
    }
    files(text, "Files to read", task.inputs());
    files(text, "Files to write", task.outputs());
    handed.forEach(
        (name, path) -> text.append("Input ")
            .append(Quoted.of(name))
            .append(": ")
            .append(path)
            .append('\n'));
    if (task.reason() != null) {
      text.append("Depends on earlier work: ").append(task.reason()).append('\n');
    }
    if (rerunBecause != null) {
      text.append("\nYour earlier work on this task could not be merged: ")
          .append(rerunBecause)
          .append(
              ".\nThe files now contain the other side. Do the task again on top of them and keep"
                  + " what the other side did.\n");
    }
    if (!carried.sentence().isEmpty()) {
      text.append('\n').append(carried.sentence()).append('\n');
    }
    return text.toString();
  }

  private static void files(StringBuilder text, String title, List<String> files) {
    if (!files.isEmpty()) {
      text.append(title).append(": ").append(String.join(", ", files)).append('\n');
    }
  }
}
