package io.archmage.familiar;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.InvokeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Notes in an attempt's folder which attempt it is. */
final class AttemptRequestFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AttemptRequestFile() {}

  static void write(Path file, InvokeRequest request) throws IOException {
    Path written = file.resolveSibling("request.json.new");
    Files.write(written, JSON.writeValueAsBytes(request));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Optional<InvokeRequest> read(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(JSON.readValue(Files.readAllBytes(file), InvokeRequest.class))
        : Optional.empty();
  }
}
