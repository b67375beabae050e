package io.archmage.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How people are told that a task waits for them.
 *
 * @param command argument list of a program that reads the notice on standard input; empty if none
 * @param environment extra variables of the command, values with {@code ${env:NAME}} not yet filled
 *     in
 * @param webhook address that the notice is posted to, {@code ${env:NAME}} not yet filled in, or
 *     null
 */
public record NotifySettings(
    List<String> command, Map<String, String> environment, @Nullable String webhook) {

  /** Nobody is told. */
  public static final NotifySettings NONE = new NotifySettings(List.of(), Map.of(), null);

  /** Copies the collections. */
  public NotifySettings {
    command = List.copyOf(command);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** Whether anybody is told. */
  public boolean isAny() {
    return !command.isEmpty() || webhook != null;
  }

  /** Whether the text is an absolute address of the web. */
  public static boolean isWeb(String text) {
    try {
      URI address = new URI(text);
      return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
