package io.archmage.familiar;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.prepare.KeptLog;
import io.archmage.process.OutputTail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what a familiar was asked and what it wrote as a git tree under the attempt's log ref. */
final class AttemptLog {

  /** What it was asked. */
  static final String PROMPT = "prompt";

  /** Its standard output. */
  static final String STDOUT = "stdout";

  /** Its standard error. */
  static final String STDERR = "stderr";

  /** The text result. */
  static final String OUTPUT = KeptLog.OUTPUT;

  /** How the familiar ended, in one word. */
  static final String END = KeptLog.END;

  /** Of longer streams the beginning and the end are kept. */
  static final int HALF = 5_000_000;

  private AttemptLog() {}

  /**
   * Stores the log and returns the ref; a repeat finds it stored.
   *
   * @param good whether the familiar ended well
   */
  static String store(
      GitRepository repository,
      String ref,
      AttemptFolder folder,
      Path out,
      Path err,
      Path output,
      boolean good)
      throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(PROMPT, bounded(folder.prompt()));
    files.put(STDOUT, bounded(out));
    files.put(STDERR, bounded(err));
    files.put(OUTPUT, bounded(output));
    String end = good ? KeptLog.SUCCEEDED : KeptLog.FAILED;
    files.put(END, end.getBytes(StandardCharsets.UTF_8));
    CommitId tree = repository.objects().writeTree(files);
    repository.refs().create(ref, tree);
    return ref;
  }

  private static byte[] bounded(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return new byte[0];
    }
    if (Files.size(file) <= 2L * HALF) {
      return Files.readAllBytes(file);
    }
    OutputTail head = OutputTail.head(file, HALF);
    OutputTail tail = OutputTail.tail(file, HALF);
    long left = tail.offset() - head.nextOffset();
    return (head.text() + "\n[" + left + " bytes left out]\n" + tail.text())
        .getBytes(StandardCharsets.UTF_8);
  }
}
