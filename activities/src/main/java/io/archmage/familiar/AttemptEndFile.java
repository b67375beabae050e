package io.archmage.familiar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.disk.WholeFile;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Remembers what an attempt came to, for a worker that asks again after the answer was lost. */
final class AttemptEndFile {

  private static final ObjectMapper JSON =
      JacksonJsonPayloadConverter.newDefaultObjectMapper();

  private AttemptEndFile() {}

  static Optional<AttemptEnd> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode node = JSON.readTree(file.toFile());
    if (node.hasNonNull("result")) {
      return Optional.of(
          new AttemptEnd.Succeeded(JSON.treeToValue(node.get("result"), AttemptResult.class)));
    }
    if (!node.hasNonNull("failure")) {
      throw new IOException("the end of an attempt cannot be read from " + file);
    }
    return Optional.of(
        new AttemptEnd.Failed(JSON.treeToValue(node.get("failure"), AttemptFailure.class)));
  }

  /** Writes it whole or not at all. */
  static void write(Path file, AttemptEnd end) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    switch (end) {
      case AttemptEnd.Succeeded succeeded ->
        node.set("result", JSON.valueToTree(succeeded.result()));
      case AttemptEnd.Failed failed -> node.set("failure", JSON.valueToTree(failed.failure()));
      case AttemptEnd.Detached detached -> {
        return;
      }
    }
    WholeFile.write(file, JSON.writeValueAsBytes(node));
  }
}
