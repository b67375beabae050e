package io.archmage.config;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.Scalar;
import io.archmage.plan.document.Sequence;
import io.archmage.report.Metric;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the mapping {@code metrics}: a list of names for each group. */
final class MetricsReader {

  private MetricsReader() {}

  /** The chosen ones in their own order; a group that is not named is chosen whole. */
  static List<Metric> read(MappingReader reader) {
    Set<Metric> chosen = EnumSet.noneOf(Metric.class);
    for (Metric.Group group : Metric.Group.values()) {
      Optional<Mapping.Entry> entry = reader.entry(Key.of(group.key()));
      if (entry.isEmpty()) {
        chosen.addAll(group.metrics());
      } else if (entry.get().value() instanceof Sequence names) {
        names.items().forEach(name -> metric(reader, group, name).ifPresent(chosen::add));
      } else {
        reader
            .values()
            .wrong(
                entry.get().value(),
                reader.what(group.key()),
                "a list of names",
                "Write [" + String.join(", ", names(group)) + "], or some of them.");
      }
    }
    reader.finish();
    return List.copyOf(chosen);
  }

  private static Optional<Metric> metric(MappingReader reader, Metric.Group group, Node node) {
    String name = node instanceof Scalar scalar ? scalar.text() : "";
    Optional<Metric> metric =
        Metric.named(name).filter(found -> found.group() == group);
    if (metric.isEmpty()) {
      reader
          .values()
          .problem(
              node.position(),
              ProblemCode.INVALID_VALUE,
              reader.what(group.key()) + " has no metric " + Quoted.of(name),
              Suggestions.didYouMean(
                  name, names(group), "Write some of " + String.join(", ", names(group)) + "."));
    }
    return metric;
  }

  private static List<String> names(Metric.Group group) {
    return group.metrics().stream().map(Metric::label).toList();
  }
}
