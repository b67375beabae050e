package io.archmage.familiar;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.InvokeRequest;
import io.archmage.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Notes in an attempt's folder which attempt it is. */
final class AttemptRequestFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AttemptRequestFile() {}

  static void write(Path file, InvokeRequest request) throws IOException {
    WholeFile.write(file, JSON.writeValueAsBytes(request));
  }

  static Optional<InvokeRequest> read(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(JSON.readValue(Files.readAllBytes(file), InvokeRequest.class))
        : Optional.empty();
  }
}
