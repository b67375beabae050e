package io.archmage.structural;

import io.archmage.plan.MergeRules;
import io.archmage.structural.StructuralResult.Conflict;
import io.archmage.structural.StructuralResult.Merged;
import io.archmage.structural.StructuralResult.NotApplicable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges one file by its declarations, and checks files merged by their lines. Pure functions of
 * bytes and rules; thread-safe. Only UTF-8 up to {@value #MAX_BYTES} bytes is parsed, and each
 * version for at most five seconds: the parser is native code.
 */
public final class StructuralMerge {
  /** The longest file that is parsed. */
  public static final int MAX_BYTES = 1 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  /** Written by tools from other files, and only right as a whole. */
  private static final Set<String> GENERATED =
      Set.of("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "deno.lock");

  private final @Nullable MergeRules rules;

  /**
   * A merger.
   *
   * @param rules what may be merged, or null if text is only to be checked
   */
  public StructuralMerge(@Nullable MergeRules rules) {
    this.rules = rules;
  }

  /** The versions of what decides about a merge, for its record. */
  public static String version() {
    return "archmage structural 1, tree-sitter " + Grammars.VERSION;
  }

  /** Merges a file by its declarations; the result is checked as {@link #check} does. */
  public StructuralResult merge(String path, byte[] base, byte[] left, byte[] right) {
    if (GENERATED.contains(path.substring(path.lastIndexOf('/') + 1))) {
      return new NotApplicable("a tool writes it from other files");
    }
    return parsed(path, List.of(base, left, right), this::merged);
  }

  /**
   * Checks a file that both sides changed and that merged by its lines: it still parses, declares
   * nothing twice, has all that was added, and uses no name that the other side took away.
   */
  public StructuralResult check(
      String path, byte[] base, byte[] left, byte[] right, byte[] merged) {
    if (path.endsWith(".toml")) {
      return TomlCheck.check(base, left, right, merged);
    }
    return parsed(path, List.of(base, left, right, merged), this::checked);
  }

  private StructuralResult merged(ParsedVersions parsed) {
    Optional<Versions> versions = parsed.versions();
    if (versions.isEmpty()) {
      return new NotApplicable("it has no parts that can be told apart");
    }
    MergeRules allowed = rules == null ? MergeRules.DEFAULT : rules;
    ContainerMerge merge = new ContainerMerge(new FunctionText(allowed));
    Versions three = versions.get();
    String text =
        merge.merge(
            new Side(three.base.source(), three.base.root()),
            new Side(three.left.source(), three.left.root()),
            new Side(three.right.source(), three.right.root()),
            "");
    if (!merge.clashes().isEmpty()) {
      return new Conflict(merge.clashes());
    }
    parsed.add(text);
    List<Clash> clashes = new ArrayList<>(new RuleCheck(allowed, three).clashes());
    Optional<Outline> result = parsed.result();
    if (result.isEmpty()) {
      clashes.add(parsed.broken());
    } else {
      clashes.addAll(new ResultCheck(three, result.get()).all());
      clashes.addAll(new NewUses(parsed, three).clashes());
    }
    return clashes.isEmpty()
        ? new Merged(text.getBytes(StandardCharsets.ISO_8859_1))
        : new Conflict(clashes);
  }

  private StructuralResult checked(ParsedVersions parsed) {
    if (parsed.resultHasErrors()) {
      return new Conflict(List.of(parsed.broken()));
    }
    Optional<Versions> versions = parsed.versions();
    Optional<Outline> result = parsed.result();
    if (versions.isEmpty() || result.isEmpty()) {
      return new Merged(parsed.resultBytes());
    }
    List<Clash> clashes = new ArrayList<>();
    if (rules != null) {
      clashes.addAll(new RuleCheck(rules, versions.get()).clashes());
    }
    ResultCheck check = new ResultCheck(versions.get(), result.get());
    clashes.addAll(rules == null ? check.lostOrRepeated() : check.all());
    clashes.addAll(new NewUses(parsed, versions.get()).clashes());
    return clashes.isEmpty()
        ? new Merged(parsed.resultBytes())
        : new Conflict(clashes.stream().distinct().toList());
  }

  private interface Work {
    StructuralResult with(ParsedVersions versions);
  }

  private static StructuralResult parsed(String path, List<byte[]> contents, Work work) {
    Optional<Language> language = Language.ofPath(path);
    if (language.isEmpty()) {
      return new NotApplicable("");
    }
    List<String> sources = new ArrayList<>();
    for (byte[] content : contents) {
      if (content.length > MAX_BYTES) {
        return new NotApplicable("it is larger than " + MAX_BYTES + " bytes");
      }
      if (!isText(content)) {
        return new NotApplicable("it is not UTF-8");
      }
      sources.add(new String(content, StandardCharsets.ISO_8859_1));
    }
    try (ParsedVersions versions = new ParsedVersions(language.get(), PATIENCE)) {
      for (String source : sources) {
        versions.add(source);
      }
      if (versions.tookTooLong()) {
        return new NotApplicable("parsing it takes longer than " + PATIENCE.toSeconds() + " s");
      }
      if (versions.inputHasErrors()) {
        return new NotApplicable("it does not parse as " + language.get().label());
      }
      return work.with(versions);
    } catch (MissingGrammarException e) {
      return new NotApplicable(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isText(byte[] content) {
    for (byte b : content) {
      if (b == 0) {
        return false;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
