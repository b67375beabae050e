package io.archmage.plan.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says a syntax error of JSON in plain words. */
final class JsonMistake {

  private static final Pattern SOURCE =
      Pattern.compile(" ?\\((start marker|for \\w+ starting) at \\[.*", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("\\(?('.*?') \\(code \\d+[^)]*\\)\\)?");

  private JsonMistake() {}

  static MalformedDocumentException of(
      JsonProcessingException error, String text, LineIndex lines, @Nullable Position opened) {
    JsonLocation location = error.getLocation();
    long offset = location == null ? 0 : location.getCharOffset();
    if (error instanceof JsonEOFException) {
      return new MalformedDocumentException(
          lines.at(text.length()),
          ProblemCode.INVALID_JSON,
          "invalid JSON: the document ends too early",
          opened == null
              ? "Complete the document."
              : "Close what is opened in line " + opened.line() + ".");
    }
    int at = Math.clamp(offset, 0, text.length());
    String reason = reason(error);
    if (at > 0 && !startsAt(text, at, reason) && startsAt(text, at - 1, reason)) {
      at--;
    }
    return new MalformedDocumentException(
        lines.at(at), ProblemCode.INVALID_JSON, "invalid JSON: " + reason, fix(text, at));
  }

  private static String reason(JsonProcessingException error) {
    String message = String.valueOf(error.getOriginalMessage());
    String plain = CODE.matcher(SOURCE.matcher(message).replaceAll("")).replaceAll("$1");
    String line = plain.lines().findFirst().orElse("syntax error");
    return line.isEmpty()
        ? line
        : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }

  private static boolean startsAt(String text, int at, String reason) {
    return at < text.length() && reason.contains("'" + text.charAt(at) + "'");
  }

  private static String fix(String text, int at) {
    if (at < text.length() && "}]".indexOf(text.charAt(at)) >= 0) {
      String before = text.substring(0, at).stripTrailing();
      if (before.endsWith(",")) {
        return "Remove the comma before it.";
      }
    }
    return "Correct the JSON here.";
  }
}
