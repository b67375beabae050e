package io.archmage.structural;

import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.archmage.structural.Clash.Kind;
import io.archmage.structural.StructuralResult.Conflict;
import io.archmage.structural.StructuralResult.Merged;
import io.archmage.structural.StructuralResult.NotApplicable;
import java.io.IOException;
import java.util.List;

/** Checks merged TOML, which has no grammar here: its parser refuses a key that is twice there. */
final class TomlCheck {
  private static final TomlMapper TOML = new TomlMapper();

  private TomlCheck() {}

  static StructuralResult check(byte[] base, byte[] left, byte[] right, byte[] merged) {
    for (byte[] input : List.of(base, left, right)) {
      if (input.length > StructuralMerge.MAX_BYTES || !parses(input)) {
        return new NotApplicable("it does not parse as TOML");
      }
    }
    return parses(merged)
        ? new Merged(merged)
        : new Conflict(
            List.of(
                Clash.of(
                    Kind.BROKEN,
                    "the merged text is no TOML; perhaps both added the same key")));
  }

  private static boolean parses(byte[] content) {
    try {
      TOML.readTree(content);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
