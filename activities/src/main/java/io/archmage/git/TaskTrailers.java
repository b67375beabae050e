package io.archmage.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What marks a commit as the work of one attempt; it tells a merge done before from a new one.
 *
 * @param run the run's id
 * @param execution the id of the run's first execution, so that a reused run id is noticed
 * @param task the task's id
 * @param attempt counted from 1
 * @param familiar who did the work
 */
public record TaskTrailers(String run, String execution, String task, int attempt,
    String familiar) {
  /** Names the task whose work a commit of a rollback takes away again. */
  public static final String UNDONE = "Undone";

  private static final String PREFIX = "Archmage-";
  private static final String RESOLUTION = "Resolution";
  private static final String STRUCTURAL = "Structural";
  private static final Pattern LINE = Pattern.compile("Archmage-([A-Za-z]+): (.*)");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9a-f]{2})");

  /**
   * Checks the attempt.
   *
   * @throws IllegalArgumentException if {@code attempt} is below 1
   */
  public TaskTrailers {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempts are counted from 1: " + attempt);
    }
  }

  /**
   * Returns a commit message: one line of subject, an empty line, the trailers. No value can add a
   * line: control characters and {@code %} in values are {@code %xx}, in the subject spaces.
   */
  public String message(String description) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("Run", run);
    values.put("Execution", execution);
    values.put("Task", task);
    values.put("Attempt", Integer.toString(attempt));
    values.put("Familiar", familiar);
    return message(subject(task, description), values);
  }

  /** Returns a message with any trailers, named without {@code Archmage-}. */
  public static String message(String subject, Map<String, String> values) {
    StringBuilder message = new StringBuilder(oneLine(subject)).append("\n\n");
    values.forEach(
        (name, value) -> message.append(PREFIX)
            .append(name)
            .append(": ")
            .append(escape(value))
            .append('\n'));
    return message.toString();
  }

  /** Returns the trailer, with its line end, of a merge that a person decided. */
  public static String resolution(String how) {
    return PREFIX + RESOLUTION + ": " + escape(how) + "\n";
  }

  /** Tells whether a commit message is that of a merge that a person decided. */
  public static boolean isResolution(String message) {
    return values(message).containsKey(RESOLUTION);
  }

  /** Returns the trailers, with their line ends, of a merge of some files by declarations. */
  public static String structural(List<String> files, String merger) {
    return PREFIX
        + STRUCTURAL
        + ": "
        + escape(String.join("\n", files))
        + "\n"
        + PREFIX
        + "Merger: "
        + escape(merger)
        + "\n";
  }

  /** Returns the files that a merge commit merged by declarations. */
  public static List<String> structural(String message) {
    String files = values(message).getOrDefault(STRUCTURAL, "");
    return files.lines().toList();
  }

  /** Returns {@code <task>: <first line of description>}. */
  public static String subject(String task, String description) {
    String first = description.strip().lines().findFirst().orElse("").strip();
    return first.isEmpty() ? task : task + ": " + first;
  }

  /** Returns the trailers of a commit message, empty if it has not all of them. */
  public static Optional<TaskTrailers> parse(String message) {
    Map<String, String> values = values(message);
    String run = values.get("Run");
    String execution = values.get("Execution");
    String task = values.get("Task");
    String attempt = values.getOrDefault("Attempt", "");
    String familiar = values.get("Familiar");
    if (run == null
        || execution == null
        || task == null
        || familiar == null
        || !attempt.matches("[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    return Optional.of(
        new TaskTrailers(run, execution, task, Integer.parseInt(attempt), familiar));
  }

  /** Returns Archmage's trailers in the last paragraph, named without {@code Archmage-}. */
  public static Map<String, String> values(String message) {
    Map<String, String> values = new LinkedHashMap<>();
    String body = message.replaceFirst("\n+$", "");
    int last = body.lastIndexOf("\n\n");
    if (last < 0) {
      return values;
    }
    body.substring(last + 2)
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(m -> values.put(m.group(1), unescape(m.group(2))));
    return values;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    return line.isEmpty() ? "(no description)" : line;
  }

  private static String escape(String value) {
    StringBuilder escaped = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '%' || Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  escaped.append("%%%02x".formatted(b & 0xff));
                }
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  private static String unescape(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    var bytes = new ByteArrayOutputStream();
    byte[] raw = value.getBytes(StandardCharsets.UTF_8);
    Matcher matcher = ESCAPE.matcher(new String(raw, StandardCharsets.ISO_8859_1));
    int from = 0;
    while (matcher.find()) {
      bytes.write(raw, from, matcher.start() - from);
      bytes.write(Integer.parseInt(matcher.group(1), 16));
      from = matcher.end();
    }
    bytes.write(raw, from, raw.length - from);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
