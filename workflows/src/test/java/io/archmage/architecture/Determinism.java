package io.archmage.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serializable;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What code must not use that is replayed or must give the same answer everywhere. Method
 * references count as calls.
 */
final class Determinism {

  /** Readers of text that is already in memory need these; none of them reaches a file. */
  private static final List<Class<?>> HARMLESS_IO = List.of(
      ByteArrayInputStream.class,
      IOException.class,
      InputStream.class,
      Reader.class,
      Serializable.class,
      StringReader.class,
      UncheckedIOException.class);

  private static final List<Class<?>> HARMLESS_CONCURRENT =
      List.of(CancellationException.class, TimeUnit.class, TimeoutException.class);

  private static final Set<String> IMPURE_TYPES = Set.of(
      "java.lang.Process",
      "java.lang.ProcessBuilder",
      "java.lang.ProcessHandle",
      "java.lang.Runtime",
      "java.lang.Thread",
      "java.lang.ThreadLocal",
      "java.security.SecureRandom",
      "java.time.Clock",
      "java.util.SplittableRandom",
      "java.util.Timer");

  private static final Map<String, Set<String>> IMPURE_CALLS = Map.of(
      "java.lang.Math",
      Set.of("random"),
      "java.lang.System",
      Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "identityHashCode"),
      "java.util.UUID",
      Set.of("randomUUID"));

  private static final Set<String> UNORDERED_TYPES = Set.of(
      "java.util.HashMap",
      "java.util.HashSet",
      "java.util.Hashtable",
      "java.util.IdentityHashMap",
      "java.util.WeakHashMap",
      "java.util.concurrent.ConcurrentHashMap");

  private static final Map<String, Set<String>> UNORDERED_CALLS = Map.of(
      "java.util.Map",
      Set.of("of", "ofEntries", "copyOf"),
      "java.util.Set",
      Set.of("of", "copyOf"),
      "java.util.stream.Collectors",
      Set.of(
          "groupingByConcurrent",
          "toConcurrentMap",
          "toSet",
          "toUnmodifiableMap",
          "toUnmodifiableSet"));

  /** Collectors that take the map to fill as an argument are ordered if that map is. */
  private static final Map<String, Integer> COLLECTORS_WITH_A_MAP =
      Map.of("groupingBy", 3, "toMap", 4);

  private Determinism() {}

  /** No Temporal: the code runs in the dry run, too. */
  static ArchRule noEngine(String... packages) {
    return noClasses().that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.temporal..")
        .allowEmptyShould(true);
  }

  /** No input or output, processes, threads or executors. */
  static ArchRule noOutsideWorld(String... packages) {
    var forbidden = resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
        .or(resideInAnyPackage("java.io..").and(isNone(HARMLESS_IO)))
        .or(resideInAnyPackage("java.util.concurrent..").and(isNone(HARMLESS_CONCURRENT)))
        .or(describe("reach outside", found -> IMPURE_TYPES.contains(found.getFullName())));
    return noClasses().that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat(forbidden.as("reach outside or run beside the caller"))
        .allowEmptyShould(true);
  }

  /** No clock and no randomness but from a given seed. */
  static ArchRule noClockOrChance(String... packages) {
    return noClasses().that()
        .resideInAnyPackage(packages)
        .should()
        .accessTargetWhere(describe("reads a clock or chance", Determinism::readsClockOrChance))
        .allowEmptyShould(true);
  }

  /** No collection whose order of iteration differs from one JVM to the next. */
  static ArchRule noUnorderedCollection(String... packages) {
    return noClasses().that()
        .resideInAnyPackage(packages)
        .should()
        .accessTargetWhere(describe("makes an unordered collection", Determinism::isUnordered))
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> isNone(List<Class<?>> allowed) {
    return describe("is not allowed", found -> allowed.stream().noneMatch(found::isEquivalentTo));
  }

  private static boolean readsClockOrChance(JavaAccess<?> access) {
    var owner = access.getTargetOwner();
    var unseeded = owner.isEquivalentTo(Random.class)
        && access.getTarget().getFullName().endsWith(".<init>()");
    var now = access.getName().equals("now") && owner.getPackageName().startsWith("java.time");
    return unseeded || now || contains(IMPURE_CALLS, access);
  }

  private static boolean isUnordered(JavaAccess<?> access) {
    var owner = access.getTargetOwner();
    if (UNORDERED_TYPES.contains(owner.getFullName())) {
      return true;
    }
    if (contains(UNORDERED_CALLS, access)) {
      var empty = access.getName().equals("of") && parameters(access) == 0;
      return !empty;
    }
    var wanted = COLLECTORS_WITH_A_MAP.get(access.getName());
    return wanted != null
        && owner.getFullName().equals("java.util.stream.Collectors")
        && parameters(access) < wanted;
  }

  private static int parameters(JavaAccess<?> access) {
    var signature = access.getTarget().getFullName();
    return signature.endsWith("()") ? 0 : signature.split(",", -1).length;
  }

  private static boolean contains(Map<String, Set<String>> calls, JavaAccess<?> access) {
    return calls.getOrDefault(access.getTargetOwner().getFullName(), Set.of())
        .contains(access.getName());
  }
}
