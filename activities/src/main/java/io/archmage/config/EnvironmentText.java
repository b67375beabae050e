package io.archmage.config;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code ${env:NAME}} into configured values. */
public final class EnvironmentText {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");

  private EnvironmentText() {}

  /** The names that a text refers to, in order. */
  public static List<String> names(String text) {
    return REFERENCE.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** The text with every reference filled in; a variable that is not set is empty. */
  public static String fill(String text, Map<String, String> environment) {
    return REFERENCE
        .matcher(text)
        .replaceAll((MatchResult match) -> value(match, environment));
  }

  private static String value(MatchResult match, Map<String, String> environment) {
    return Matcher.quoteReplacement(environment.getOrDefault(match.group(1), ""));
  }
}
