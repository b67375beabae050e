package io.archmage.git;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Small values kept as JSON in blobs, to which refs lead.
 *
 * @param repository where they are
 * @param type what Jackson makes of them
 * @param what they are, for messages
 */
public record JsonBlobs<T>(GitRepository repository, Class<T> type, String what) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Stores a value; equal values are one blob. */
  public CommitId write(T value) {
    try {
      return repository.objects().writeBlob(JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new GitException("cannot write " + what, e);
    }
  }

  /**
   * The value in that blob, empty if there is no such object.
   *
   * @throws GitException if it is something else
   */
  public Optional<T> read(CommitId blob) {
    return repository.objects().readBlob(blob).map(this::parse);
  }

  private T parse(byte[] json) {
    try {
      return JSON.readValue(json, type);
    } catch (IOException e) {
      throw new GitException(
          what + " cannot be read: " + new String(json, StandardCharsets.UTF_8), e);
    }
  }
}
