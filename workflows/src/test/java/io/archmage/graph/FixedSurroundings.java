package io.archmage.graph;

import io.archmage.plan.FamiliarName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Surroundings of tests: codex, gemini, stitch and reviewer are ready, claude has no command. */
record FixedSurroundings(
    Map<String, String> roles, List<String> files, boolean inferRules, boolean fileConflictCheck)
    implements
      PlanSurroundings {

  private static final List<String> READY =
      List.of("archmage", "codex", "gemini", "stitch", "reviewer");

  private static final List<String> FILES =
      List.of(
          "prompts/ok.md",
          "src/index.ts",
          "src/.cache/x",
          "src/user/user.ts",
          "src/auth/sub/token.ts",
          "src/payment/pay.ts");

  static final FixedSurroundings USUAL =
      new FixedSurroundings(Map.of(), FILES, true, true);

  FixedSurroundings withRole(String familiar, String role) {
    Map<String, String> more = new TreeMap<>(roles);
    more.put(familiar, role);
    return new FixedSurroundings(more, files, inferRules, fileConflictCheck);
  }

  FixedSurroundings withoutChecks() {
    return new FixedSurroundings(roles, files, false, false);
  }

  @Override
  public SortedMap<String, Integer> resources() {
    return new TreeMap<>(Map.of("database", 1, "gpu", 2));
  }

  @Override
  public FamiliarStatus familiar(FamiliarName name) {
    if (READY.contains(name.value())) {
      return FamiliarStatus.READY;
    }
    return name.value().equals("claude") ? FamiliarStatus.NO_COMMAND : FamiliarStatus.UNKNOWN;
  }

  @Override
  public List<FamiliarName> knownFamiliars() {
    return READY.stream().map(FamiliarName::new).toList();
  }

  @Override
  public Optional<String> role(FamiliarName name) {
    return Optional.ofNullable(roles.get(name.value()));
  }

  @Override
  public boolean fileExists(String path) {
    return files.contains(path);
  }

  @Override
  public boolean isDirectory(String path) {
    return files.stream().anyMatch(file -> file.startsWith(path + "/"));
  }

  @Override
  public List<String> directories(String path) {
    String above = path.isEmpty() ? "" : path + "/";
    return files.stream()
        .filter(file -> file.startsWith(above) && file.indexOf('/', above.length()) > 0)
        .map(file -> file.substring(above.length(), file.indexOf('/', above.length())))
        .distinct()
        .sorted()
        .toList();
  }
}
