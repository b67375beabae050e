package io.archmage.structural;

import io.archmage.plan.MergeRules;
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
import org.eclipse.jgit.merge.MergeResult;

/** Merges a function that both sides changed by its lines, if the rules let it. */
record FunctionText(MergeRules rules) implements ContainerMerge.FunctionMerge {

  @Override
  public Optional<String> merge(String base, String left, String right) {
    if (rules.sameFunction() == MergeRules.SameFunction.SERIALIZE) {
      return Optional.empty();
    }
    MergeResult<RawText> result =
        new MergeAlgorithm()
            .merge(RawTextComparator.DEFAULT, text(base), text(left), text(right));
    if (result.containsConflicts()) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new MergeFormatter()
          .formatMerge(out, result, List.of("base", "left", "right"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(out.toString(StandardCharsets.ISO_8859_1));
  }

  private static RawText text(String source) {
    return new RawText(source.getBytes(StandardCharsets.ISO_8859_1));
  }
}
