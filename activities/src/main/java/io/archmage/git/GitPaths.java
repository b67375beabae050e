package io.archmage.git;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Git's paths are bytes; here they become text for people and back, without loss. */
public final class GitPaths {
  private GitPaths() {}

  /**
   * Returns the path as text: UTF-8 as it is, any other path with {@code \ooo} for each byte above
   * 127 and {@code \\} for a backslash, in double quotes.
   */
  public static String display(byte[] path) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(path)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder("\"");
      for (byte b : path) {
        if (b < 0) {
          text.append("\\%03o".formatted(b & 0xff));
        } else if (b == '\\') {
          text.append("\\\\");
        } else {
          text.append((char) b);
        }
      }
      return text.append('"').toString();
    }
  }

  /** Splits NUL-terminated fields. */
  public static List<byte[]> split(byte[] bytes) {
    List<byte[]> fields = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        fields.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    return fields;
  }

  /** Joins fields, each followed by NUL. */
  public static byte[] join(Collection<byte[]> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] field : fields) {
      out.writeBytes(field);
      out.write(0);
    }
    return out.toByteArray();
  }

  /** Tells whether {@code path} lies below {@code directory}, which has no slash at its end. */
  public static boolean isBelow(byte[] path, byte[] directory) {
    return path.length > directory.length
        && path[directory.length] == '/'
        && Arrays.equals(path, 0, directory.length, directory, 0, directory.length);
  }
}
