package io.archmage.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.jspecify.annotations.Nullable;

/** Finds the bytes of a plan in what a workflow was started with. */
final class DocumentArgument {

  private static final ObjectMapper JSON = new ObjectMapper();

  private DocumentArgument() {}

  /**
   * The bytes of the document: of a JSON object itself, of the text in a JSON string, of the object
   * that {@code {"plan_ref": "<id>"}} names, and of everything else as it is.
   *
   * @return empty if there is no argument, or the reference names nothing
   */
  static Optional<byte[]> bytes(@Nullable RawValue argument, GitRepository repository) {
    if (argument == null) {
      return Optional.empty();
    }
    Payload payload = argument.getPayload();
    byte[] data = payload.getData().toByteArray();
    String encoding =
        payload
            .getMetadataOrDefault("encoding", ByteString.EMPTY)
            .toStringUtf8();
    if (encoding.equals("binary/null")) {
      return Optional.empty();
    }
    return encoding.equals("json/plain") ? ofJson(data, repository) : Optional.of(data);
  }

  private static Optional<byte[]> ofJson(byte[] data, GitRepository repository) {
    JsonNode node;
    try {
      node = JSON.readTree(new String(data, StandardCharsets.UTF_8));
    } catch (JsonProcessingException notJson) {
      return Optional.of(data);
    }
    if (node == null || node.isNull() || node.isMissingNode()) {
      return Optional.empty();
    }
    if (node.isTextual()) {
      return Optional.of(node.textValue().getBytes(StandardCharsets.UTF_8));
    }
    JsonNode reference = node.get("plan_ref");
    if (node.size() == 1 && reference != null && reference.isTextual()) {
      return ofReference(reference.textValue(), repository);
    }
    return Optional.of(data);
  }

  private static Optional<byte[]> ofReference(String id, GitRepository repository) {
    try {
      return repository.objects().readBlob(new CommitId(id));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    } catch (GitException unreadable) {
      if (unreadable.getCause() instanceof IncorrectObjectTypeException) {
        return Optional.empty();
      }
      throw unreadable;
    }
  }
}
