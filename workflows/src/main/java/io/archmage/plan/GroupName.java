package io.archmage.plan;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The name of a group's branch and directory: safe in a ref, on Windows and on a command line. Only
 * {@code a-z}, {@code 0-9} and single hyphens, never at the ends, {@value #LONGEST} characters at
 * most; a name that Windows keeps for itself gets what kind of group it is at its end.
 */
public final class GroupName {

  /** The longest name. */
  public static final int LONGEST = 200;

  private static final List<String> DEVICES = List.of("con", "prn", "aux", "nul");
  private static final Pattern PORT = Pattern.compile("(com|lpt)[1-9]");

  private GroupName() {}

  /** The name of a group's branch. */
  public static String of(TaskGroup group) {
    String slug = slug(group.title(), suffix(group.kind()));
    return switch (group.kind()) {
      case EPIC -> {
        String id = slug(group.id(), suffix(group.kind()));
        yield cut(
            "epic-" + (id.isEmpty() ? hash(group.id()) : id)
                + (group.name() == null || slug.isEmpty() ? "" : "-" + slug));
      }
      case GROUP -> slug.isEmpty() ? "group-" + hash(group.title()) : cut(slug);
    };
  }

  /** The same name with an addition at its end, cut before that where it is too long. */
  public static String with(String name, String addition) {
    int room = Math.max(1, LONGEST - addition.length() - 1);
    return (name.length() <= room ? name : trimmed(name.substring(0, room))) + "-" + addition;
  }

  private static String suffix(TaskGroup.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String slug(String text, String suffix) {
    String slug =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[\\s/\\\\_.-]+", "-")
            .replaceAll("[^a-z0-9-]", "")
            .replaceAll("-+", "-");
    String trimmed = trimmed(slug.startsWith("-") ? slug.substring(1) : slug);
    boolean reserved = DEVICES.contains(trimmed) || PORT.matcher(trimmed).matches();
    return reserved ? trimmed + "-" + suffix : trimmed;
  }

  private static String cut(String name) {
    return name.length() <= LONGEST ? name : trimmed(name.substring(0, LONGEST));
  }

  private static String trimmed(String name) {
    return name.endsWith("-") ? name.substring(0, name.length() - 1) : name;
  }

  /** Tells names apart of which no letter can be used. */
  private static String hash(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
