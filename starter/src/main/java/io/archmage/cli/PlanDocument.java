package io.archmage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.DocumentReading;
import io.archmage.plan.document.DocumentSyntax;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.RawValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A plan as it was read.
 *
 * @param text its content
 * @param fileName how messages call it
 * @param name what runs of it are named after: the file's name without its ending
 */
record PlanDocument(String text, String fileName, String name) {

  /** Stands for standard input. */
  static final String STANDARD_INPUT = "-";

  private static final ObjectMapper STRICT_JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Refused beyond this before anything is parsed. */
  private static final int MAX_BYTES = 32 << 20;

  /**
   * Reads a plan from a file or, for {@code -}, standard input.
   *
   * @throws CommandFailure if that fails
   */
  static PlanDocument read(String argument, Console console) {
    if (argument.equals(STANDARD_INPUT)) {
      return read(console.in(), "standard input", "plan");
    }
    Path file = console.resolve(Path.of(argument));
    if (Files.isDirectory(file)) {
      throw CommandFailure.invalid(argument + " is a directory; name the plan's file in it.");
    }
    String fileName = String.valueOf(file.getFileName());
    try (InputStream content = Files.newInputStream(file)) {
      return read(content, argument, fileName.replaceAll("\\.[A-Za-z]+$", ""));
    } catch (NoSuchFileException e) {
      throw CommandFailure.invalid(
          "There is no file " + argument + ". Give the path of a plan, or - for standard input.");
    } catch (IOException e) {
      throw unreadable(argument, e);
    }
  }

  /**
   * Reads a plan from a stream.
   *
   * @throws CommandFailure if it is too large or not UTF-8
   */
  static PlanDocument read(InputStream content, String fileName, String name) {
    byte[] bytes;
    try {
      bytes = content.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw unreadable(fileName, e);
    }
    if (bytes.length > MAX_BYTES) {
      throw CommandFailure.invalid(
          fileName + " is larger than " + (MAX_BYTES >> 20) + " MB; that is no plan.");
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new PlanDocument(text, fileName, name);
    } catch (CharacterCodingException e) {
      throw notText(bytes, fileName);
    }
  }

  /** Stands for what the lost run of that name in the repository left undone. */
  static PlanDocument recovering(String name) {
    return new PlanDocument(Json.write(Map.of("recover", name)), "the plan of " + name, name);
  }

  private static CommandFailure notText(byte[] bytes, String fileName) {
    List<PlanProblem> problems =
        switch (DocumentReader.read(bytes, DocumentSyntax.ofFileName(fileName))) {
          case DocumentReading.Unreadable unreadable ->
            unreadable.problems().stream().map(problem -> problem.inFile(fileName)).toList();
          case DocumentReading.Parsed ignored -> List.of();
        };
    return CommandFailure.problems(fileName + " is not UTF-8 text.", problems);
  }

  private static CommandFailure unreadable(String fileName, IOException why) {
    return CommandFailure.invalid("Cannot read " + fileName + ": " + why.getMessage());
  }

  /** The content in UTF-8. */
  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What the workflow gets as its first argument, with every line where it was written: a JSON
   * document byte for byte, so that the Web UI shows it as such; any other document, JSON with
   * comments too, as a string.
   */
  Object argument() {
    try {
      STRICT_JSON.readTree(text);
      return new RawValue(
          Payload.newBuilder()
              .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
              .setData(ByteString.copyFromUtf8(text))
              .build());
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
