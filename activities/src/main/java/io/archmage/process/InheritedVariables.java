package io.archmage.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The only variables of a worker that the programs it starts for others get unasked. */
public final class InheritedVariables {

  /** Their names. */
  public static final List<String> NAMES = List.of("PATH", "HOME", "LANG", "TERM");

  private InheritedVariables() {}

  /** Those that the worker has, in a map of their own. */
  public static Map<String, String> of(Map<String, String> worker) {
    Map<String, String> inherited = new LinkedHashMap<>();
    for (String name : NAMES) {
      String value = worker.get(name);
      if (value != null) {
        inherited.put(name, value);
      }
    }
    return inherited;
  }
}
