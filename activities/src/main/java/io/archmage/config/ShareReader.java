package io.archmage.config;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.BareNumber;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.MappingReader;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the mapping {@code share}. */
final class ShareReader {

  private static final Key REMOTE = Key.of("remote");

  /** A name that git cannot take for an option or an address. */
  private static final String FORM = "[A-Za-z0-9_][A-Za-z0-9._/-]*";

  private final MappingReader reader;

  ShareReader(MappingReader reader) {
    this.reader = reader;
  }

  /** The settings, or null if they are wrong, which is noted. */
  @Nullable
  ShareSettings read() {
    Optional<String> remote = reader.requiredText(REMOTE);
    Duration takeover =
        reader
            .duration(Key.of("takeover_after"), BareNumber.REFUSED, Duration.ofSeconds(1))
            .orElse(ShareSettings.DEFAULT_TAKEOVER);
    boolean pushTarget = reader.bool(Key.of("push_target")).orElse(false);
    reader.finish();
    if (remote.isPresent() && !remote.get().matches(FORM)) {
      reader
          .values()
          .problem(
              reader.entry(REMOTE).orElseThrow().value().position(),
              ProblemCode.INVALID_VALUE,
              reader.what("remote") + " is not the name of a remote",
              "Write a name that git remote lists, such as origin, and no address.");
      return null;
    }
    return remote.map(name -> new ShareSettings(name, takeover, pushTarget)).orElse(null);
  }
}
