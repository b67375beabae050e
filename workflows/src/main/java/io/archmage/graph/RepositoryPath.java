package io.archmage.graph;

import java.util.Optional;

/** The rules for paths and patterns inside a repository. */
public final class RepositoryPath {

  private static final int MAX_LENGTH = 4_096;

  private RepositoryPath() {}

  /** Why a text is no path or pattern inside a repository, as the end of a sentence, or empty. */
  public static Optional<String> mistake(String text) {
    if (text.isBlank()) {
      return Optional.of("is empty");
    }
    if (text.length() > MAX_LENGTH) {
      return Optional.of("has more than " + MAX_LENGTH + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("has a control character");
    }
    if (text.indexOf('\\') >= 0) {
      return Optional.of("has a backslash");
    }
    if (text.startsWith("/") || text.startsWith("~") || text.matches("[A-Za-z]:/.*")) {
      return Optional.of("is not relative to the repository's root");
    }
    if (text.startsWith("!") || text.startsWith(":")) {
      return Optional.of("begins with " + text.charAt(0));
    }
    String path = normalized(text);
    for (String component : path.split("/", path.endsWith("/") ? 0 : -1)) {
      Optional<String> mistake = path.isEmpty() ? Optional.empty() : inComponent(component);
      if (mistake.isPresent()) {
        return mistake;
      }
    }
    return path.endsWith("//") ? Optional.of("has an empty component") : Optional.empty();
  }

  /** The text without {@code ./} at its beginning; the root itself is empty. */
  static String normalized(String text) {
    String path = text;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    return path.equals(".") ? "" : path;
  }

  private static Optional<String> inComponent(String component) {
    if (component.isEmpty()) {
      return Optional.of("has an empty component");
    }
    if (component.equals("..")) {
      return Optional.of("leads out of the repository with \"..\"");
    }
    if (component.equals(".")) {
      return Optional.of("has the component \".\"");
    }
    return component.equalsIgnoreCase(".git")
        ? Optional.of("leads into \".git\"")
        : Optional.empty();
  }
}
