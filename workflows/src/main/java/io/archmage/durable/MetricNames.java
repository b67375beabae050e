package io.archmage.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.report.Metric;
import io.archmage.report.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Picks figures by the names that reports and configurations have for them. */
final class MetricNames {

  private MetricNames() {}

  /**
   * The figures of these names, each under the name it was asked by; all if there are none.
   *
   * @throws io.temporal.failure.ApplicationFailure if a name is unknown
   */
  static JsonNode pick(Metrics metrics, List<String> names) {
    JsonNode all = ReportSize.tree(metrics);
    if (names.isEmpty()) {
      return all;
    }
    Map<String, String> keys = keys(all);
    ObjectNode picked = JsonNodeFactory.instance.objectNode();
    for (String name : names) {
      String key = keys.get(name);
      if (key == null) {
        throw Failures.badQuestion(
            "There is no metric "
                + Quoted.of(name)
                + ". "
                + Suggestions.didYouMean(
                    name, keys.keySet(), "There are " + String.join(", ", keys.keySet()) + "."));
      }
      picked.set(name, all.get(key));
    }
    return picked;
  }

  /** Every name with the key of its figure. */
  private static Map<String, String> keys(JsonNode all) {
    Map<String, String> keys = new LinkedHashMap<>();
    List<String> fields = new ArrayList<>();
    all.fieldNames().forEachRemaining(fields::add);
    fields.forEach(field -> keys.put(field, field));
    for (Metric metric : Metric.values()) {
      keys.put(metric.label(), metric.key());
    }
    keys.put("speedup_ratio", "parallel_speedup_ratio");
    keys.put("time_reduction_pct", "time_reduction_percent");
    return keys;
  }
}
