package io.archmage.gc;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * How much there is at a path; files that cannot be read or go meanwhile do not count.
 *
 * @param files plain files and links
 * @param bytes their sizes
 */
record FileCount(long files, long bytes) {

  static FileCount of(Path path) throws IOException {
    long[] sum = new long[2];
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0]++;
            sum[1] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return new FileCount(sum[0], sum[1]);
  }
}
