package io.archmage.config;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.MappingReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the mapping {@code notify}. */
final class NotifyReader {

  private static final Key COMMAND = Key.of("command");
  private static final Key WEBHOOK = Key.of("webhook");

  private final MappingReader reader;

  NotifyReader(MappingReader reader) {
    this.reader = reader;
  }

  NotifySettings read() {
    NotifySettings settings =
        new NotifySettings(ArgumentList.read(reader, COMMAND), FamiliarReader.environment(reader),
            webhook());
    if (!settings.isAny() && reader.entry(COMMAND).isEmpty() && reader.entry(WEBHOOK).isEmpty()) {
      reader
          .values()
          .problem(
              reader.position(),
              ProblemCode.MISSING_KEY,
              "\"notify\" names neither a command nor a webhook",
              "Add command: [\"program\", \"argument\"] or webhook: https://…, or remove it.");
    }
    reader.finish();
    return settings;
  }

  private @Nullable String webhook() {
    Optional<String> address = reader.text(WEBHOOK);
    if (address.isPresent()
        && EnvironmentText.names(address.get()).isEmpty()
        && !NotifySettings.isWeb(address.get())) {
      reader
          .values()
          .problem(
              reader.entry(WEBHOOK).orElseThrow().value().position(),
              ProblemCode.INVALID_VALUE,
              reader.what("webhook") + " is no address that can be posted to",
              "Write https://host/path, or ${env:NAME} to keep it secret.");
      return null;
    }
    return address.orElse(null);
  }
}
