package io.archmage.structural;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;

/** The merge by lines that comes before every merge by declarations. */
final class TextMerge {
  private TextMerge() {}

  /** The merged text, empty if lines conflict. */
  static Optional<byte[]> merge(byte[] base, byte[] left, byte[] right) {
    var result =
        new MergeAlgorithm()
            .merge(
                RawTextComparator.DEFAULT,
                new RawText(base),
                new RawText(left),
                new RawText(right));
    if (result.containsConflicts()) {
      return Optional.empty();
    }
    var out = new ByteArrayOutputStream();
    try {
      new MergeFormatter()
          .formatMerge(out, result, List.of("base", "left", "right"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(out.toByteArray());
  }
}
