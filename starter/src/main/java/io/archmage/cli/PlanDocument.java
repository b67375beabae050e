package io.archmage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A plan as it was read.
 *
 * @param bytes its content, UTF-8
 * @param fileName how messages call it
 * @param name what runs of it are named after: the file's name without its ending
 */
record PlanDocument(byte[] bytes, String fileName, String name) {

  /** Stands for standard input. */
  static final String STANDARD_INPUT = "-";

  /** Refused beyond this before anything is parsed. */
  private static final long MAX_BYTES = 32L << 20;

  /**
   * Reads a plan from a file or, for {@code -}, standard input.
   *
   * @throws CommandFailure if that fails
   */
  static PlanDocument read(String argument, Console console) {
    try {
      if (argument.equals(STANDARD_INPUT)) {
        byte[] bytes = console.in().readNBytes((int) MAX_BYTES + 1);
        return checked(bytes, "standard input", "plan");
      }
      Path file = console.resolve(Path.of(argument));
      if (Files.isDirectory(file)) {
        throw CommandFailure.invalid(argument + " is a directory; name the plan's file in it.");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw tooLarge(argument);
      }
      String fileName = file.getFileName().toString();
      return checked(Files.readAllBytes(file), argument, fileName.replaceAll("\\.[A-Za-z]+$", ""));
    } catch (NoSuchFileException e) {
      throw CommandFailure.invalid(
          "There is no file " + argument + ". Give the path of a plan, or - for standard input.");
    } catch (IOException e) {
      throw CommandFailure.invalid("Cannot read " + argument + ": " + e.getMessage());
    }
  }

  private static PlanDocument checked(byte[] bytes, String fileName, String name) {
    if (bytes.length > MAX_BYTES) {
      throw tooLarge(fileName);
    }
    return new PlanDocument(bytes, fileName, name);
  }

  private static CommandFailure tooLarge(String fileName) {
    return CommandFailure.invalid(
        fileName + " is larger than " + (MAX_BYTES >> 20) + " MB; that is no plan.");
  }

  /**
   * What the workflow gets as its first argument: a JSON document without its comments, so that the
   * Web UI shows it; any other document as a string.
   *
   * @throws CommandFailure if it is not UTF-8
   */
  Object argument() {
    String text = text();
    try {
      return Json.tree(text);
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw CommandFailure.invalid(fileName + " is not UTF-8 text.");
    }
  }
}
