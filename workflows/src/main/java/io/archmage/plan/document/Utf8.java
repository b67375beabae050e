package io.archmage.plan.document;

import io.archmage.plan.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 strictly. */
final class Utf8 {

  private Utf8() {}

  static String decode(byte[] bytes) throws MalformedDocumentException {
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(input, output, true);
    String text = output.flip().toString();
    if (result.isError()) {
      throw new MalformedDocumentException(
          new LineIndex(text).at(text.length()),
          ProblemCode.INVALID_ENCODING,
          String.format("byte 0x%02X is not valid UTF-8", bytes[input.position()]),
          "Save the file as UTF-8.");
    }
    return text;
  }
}
