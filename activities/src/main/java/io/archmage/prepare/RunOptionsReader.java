package io.archmage.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.config.Configuration;
import io.archmage.contract.RunOptions;
import io.archmage.plan.Suggestions;
import io.temporal.common.converter.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the second argument of a workflow and says everything that is wrong with it. */
final class RunOptionsReader {

  private static final List<String> KEYS =
      List.of(
          "repository",
          "target",
          "merge_strategy",
          "publish",
          "max_parallel",
          "set",
          "plan_name",
          "host");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final List<String> problems = new ArrayList<>();

  /** The options, or {@link RunOptions#NONE} if there are none. */
  RunOptions read(@Nullable RawValue argument) {
    if (argument == null) {
      return RunOptions.NONE;
    }
    String text = argument.getPayload().getData().toString(StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return RunOptions.NONE;
    }
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isNull()) {
        return RunOptions.NONE;
      }
      if (!node.isObject()) {
        problems.add("argument 2 must be a JSON object with the options of the run");
        return RunOptions.NONE;
      }
      return checked(node);
    } catch (JsonProcessingException notJson) {
      problems.add("argument 2 is not valid JSON: " + notJson.getOriginalMessage());
      return RunOptions.NONE;
    }
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  private RunOptions checked(JsonNode node) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KEYS.contains(name)) {
                problems.add(
                    "unknown option \""
                        + name
                        + "\" in argument 2. "
                        + Suggestions.didYouMean(
                            name, KEYS, "Known: " + String.join(", ", KEYS) + "."));
              }
            });
    text(node, "repository");
    text(node, "target");
    choice(node, "merge_strategy", List.of("regular", "squash"));
    choice(node, "publish", List.of("on_success", "always", "never"));
    text(node, "plan_name");
    text(node, "host");
    JsonNode parallel = node.get("max_parallel");
    if (parallel != null && !parallel.isNull() && !isLimit(parallel)) {
      problems.add(
          "max_parallel in argument 2 must be a whole number from 1 to "
              + Configuration.MAX_PARALLEL);
    }
    JsonNode set = node.get("set");
    if (set != null && !set.isNull() && !set.isObject()) {
      problems.add("set in argument 2 must be an object of configuration keys and values");
    }
    if (!problems.isEmpty()) {
      return RunOptions.NONE;
    }
    try {
      return JSON.treeToValue(node, RunOptions.class);
    } catch (JsonProcessingException wrong) {
      problems.add("argument 2 cannot be used: " + wrong.getOriginalMessage());
      return RunOptions.NONE;
    }
  }

  private static boolean isLimit(JsonNode value) {
    return value.isInt()
        && value.intValue() >= 1
        && value.intValue() <= Configuration.MAX_PARALLEL;
  }

  private void text(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value != null && !value.isNull() && (!value.isTextual() || value.textValue().isBlank())) {
      problems.add(key + " in argument 2 must be a text");
    }
  }

  private void choice(JsonNode node, String key, List<String> choices) {
    JsonNode value = node.get(key);
    if (value != null && !value.isNull() && !choices.contains(value.asText())) {
      problems.add(key + " in argument 2 must be one of " + String.join(", ", choices));
    }
  }
}
