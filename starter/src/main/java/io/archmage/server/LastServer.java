package io.archmage.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is remembered of the server that used the database last. Unlike the record it stays when the
 * server ends.
 *
 * @param ports so that the address stays the same
 * @param version that wrote the database
 */
record LastServer(ServerPorts ports, CliVersion version) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Optional<LastServer> read(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      return Optional.of(
          new LastServer(
              new ServerPorts(
                  json.path("port").asInt(),
                  json.path("ui_port").asInt(),
                  json.path("metrics_port").asInt()),
              CliVersion.parse(json.path("version").asText())));
    } catch (NoSuchFileException | JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ServerException("cannot read " + file + ": " + e, e);
    }
  }

  void write(Path file) {
    try {
      WholeFile.write(
          file,
          JSON.createObjectNode()
              .put("port", ports.port())
              .put("ui_port", ports.uiPort())
              .put("metrics_port", ports.metricsPort())
              .put("version", version.toString())
              .toPrettyString()
              + "\n");
    } catch (IOException e) {
      throw new ServerException("cannot write " + file + ": " + e, e);
    }
  }

  /**
   * Copies the database aside if another version is about to open it: Temporal promises nothing
   * about opening a development database with another CLI. No server may be running.
   */
  void backUpBefore(CliVersion next, Path database, Consumer<String> notes) {
    if (version.equals(next) || !Files.exists(database)) {
      return;
    }
    Path copy = database.resolveSibling("temporal-" + version + ".db");
    try {
      // The write-ahead log belongs to the database; the shared-memory file is rebuilt from it.
      for (String part : new String[] {"", "-wal"}) {
        Path from = Path.of(database + part);
        if (Files.exists(from)) {
          Files.copy(from, Path.of(copy + part), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new ServerException(
          "cannot copy " + database + " before version " + next + " opens it: " + e, e);
    }
    notes.accept(
        "the database was written by Temporal CLI "
            + version
            + " and is now opened by "
            + next
            + "; a copy is "
            + copy);
  }
}
