package io.archmage.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.archmage.disk.WholeFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The embedded server as {@code <state>/server.json} has it.
 *
 * @param ports its addresses, all on the loopback interface
 * @param server the Temporal server process
 * @param supervisor the {@code archmage server} process that watches it
 * @param version of its {@code temporal} executable
 * @param startedAt when the process was started
 */
public record ServerRecord(
    ServerPorts ports,
    ProcessIdentity server,
    ProcessIdentity supervisor,
    CliVersion version,
    Instant startedAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The {@code host:port} for clients and workers. */
  public String address() {
    return ports.address();
  }

  /** The Web UI. */
  public URI ui() {
    return ports.ui();
  }

  /** The process id of the Temporal server. */
  public long pid() {
    return server.pid();
  }

  /** Reads the record; empty if there is none or it is not one of ours. */
  static Optional<ServerRecord> read(Path file) {
    try {
      return Optional.of(parse(JSON.readTree(Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ServerException("cannot read " + file + ": " + e, e);
    }
  }

  private static ServerRecord parse(JsonNode json) {
    return new ServerRecord(
        new ServerPorts(port(json, "port"), port(json, "ui_port"), port(json, "metrics_port")),
        process(json, "server"),
        process(json, "supervisor"),
        CliVersion.parse(json.path("version").asText()),
        Instant.parse(json.path("started_at").asText()));
  }

  private static int port(JsonNode json, String key) {
    return json.path(key).asInt();
  }

  private static ProcessIdentity process(JsonNode json, String key) {
    JsonNode node = json.path(key);
    if (!node.path("pid").canConvertToLong() || !node.path("started").isTextual()) {
      throw new IllegalArgumentException("no process " + key);
    }
    return new ProcessIdentity(node.path("pid").asLong(), node.path("started").asText());
  }

  /**
   * Writes the record in one step, so that a reader sees the old one or the new one.
   *
   * @throws ServerException if that fails
   */
  void write(Path file) {
    ObjectNode json = JSON.createObjectNode();
    json.put("address", address());
    json.put("ui", ui().toString());
    json.put("port", ports.port());
    json.put("ui_port", ports.uiPort());
    json.put("metrics_port", ports.metricsPort());
    put(json.putObject("server"), server);
    put(json.putObject("supervisor"), supervisor);
    json.put("version", version.toString());
    json.put("started_at", startedAt.toString());
    try {
      WholeFile.write(file, json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new ServerException("cannot write " + file + ": " + e, e);
    }
  }

  private static void put(ObjectNode json, ProcessIdentity process) {
    json.put("pid", process.pid()).put("started", process.started());
  }

  /** Removes the record if it still says the same. */
  void remove(Path file) {
    if (!read(file).equals(Optional.of(this))) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ServerException("cannot remove " + file + ": " + e, e);
    }
  }
}
