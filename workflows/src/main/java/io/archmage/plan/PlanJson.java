package io.archmage.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Duration;
import java.util.SortedMap;

/**
 * The stored form of a plan: one line of JSON with snake_case keys in a fixed order, durations as
 * ISO 8601 and absent values left out. Equal plans give equal text, so the text can be named by its
 * hash. Thread-safe.
 */
public final class PlanJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .withConfigOverride(
              SortedMap.class,
              maps -> maps.setInclude(
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_NULL)))
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, ToStringSerializer.instance)
                  .addDeserializer(Duration.class, new DurationDeserializer()))
          .build();

  private PlanJson() {}

  /** The canonical text of a plan. */
  public static String write(Plan plan) {
    try {
      return MAPPER.writeValueAsString(plan);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan could not be written as JSON", e);
    }
  }

  /**
   * The plan of a text that {@link #write} made.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Plan read(String json) {
    try {
      Plan plan = MAPPER.readValue(json, Plan.class);
      if (plan == null) {
        throw new IllegalArgumentException("not a stored plan: null");
      }
      return plan;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a stored plan: " + e.getOriginalMessage(), e);
    }
  }

  private static final class DurationDeserializer extends FromStringDeserializer<Duration> {
    private static final long serialVersionUID = 1;

    DurationDeserializer() {
      super(Duration.class);
    }

    @Override
    protected Duration _deserialize(String value, DeserializationContext context) {
      return Duration.parse(value);
    }
  }
}
