package io.archmage.config;

import io.archmage.plan.FamiliarName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one familiar is started.
 *
 * @param name its name
 * @param command argument list with {@code {prompt_file}}, {@code {description}} and the like to be
 *     filled in; empty if nothing can start it
 * @param environment extra variables, values with {@code ${env:NAME}} not yet filled in
 * @param role the kind of its work, such as {@code review}, or null
 * @param timeout the longest run of one attempt
 * @param stallTimeout the longest silence of one attempt, or null for none
 * @param readOnly whether its changes are discarded
 * @param resume argument list that goes on with a session of an attempt that was cut off, {@code
 *     {session_id}} among what is filled in; empty if sessions cannot be continued
 */
public record FamiliarSettings(
    FamiliarName name,
    List<String> command,
    Map<String, String> environment,
    @Nullable String role,
    Duration timeout,
    @Nullable Duration stallTimeout,
    boolean readOnly,
    List<String> resume) {

  /** The longest run of one attempt unless the familiar or the task says otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

  /** The command of a familiar that has limits but no command of its own. */
  private static final List<String> TEMPLATE_ARGUMENTS =
      List.of("--prompt", "{prompt_file}", "{description}");

  /** Copies the collections. */
  public FamiliarSettings {
    command = List.copyOf(command);
    resume = List.copyOf(resume);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** One whose sessions cannot be continued. */
  public FamiliarSettings(
      FamiliarName name,
      List<String> command,
      Map<String, String> environment,
      @Nullable String role,
      Duration timeout,
      @Nullable Duration stallTimeout,
      boolean readOnly) {
    this(name, command, environment, role, timeout, stallTimeout, readOnly, List.of());
  }

  /** A familiar that can be named but not started. */
  public static FamiliarSettings withoutCommand(FamiliarName name) {
    return new FamiliarSettings(name, List.of(), Map.of(), null, DEFAULT_TIMEOUT, null, false);
  }

  /** A familiar whose command is its name with the usual arguments. */
  public static FamiliarSettings byTemplate(FamiliarName name) {
    List<String> command = new ArrayList<>(List.of(name.value()));
    command.addAll(TEMPLATE_ARGUMENTS);
    return new FamiliarSettings(name, command, Map.of(), null, DEFAULT_TIMEOUT, null, false);
  }
}
