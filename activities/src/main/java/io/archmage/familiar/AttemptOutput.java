package io.archmage.familiar;

import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.project.RunFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a familiar was asked and what it wrote in one attempt: from the attempt's log once that is
 * stored, from its files while it runs on this machine. Reads only; safe beside a worker.
 */
public final class AttemptOutput {

  private static final int PIECE = 1 << 20;

  private final GitRepository repository;
  private final String logRef;
  private final AttemptFolder folder;

  /** One of the texts. */
  public enum Part {
    /** Standard output. */
    STDOUT(AttemptLog.STDOUT),
    /** Standard error. */
    STDERR(AttemptLog.STDERR),
    /** The prompt. */
    PROMPT(AttemptLog.PROMPT),
    /** The text result. */
    OUTPUT(AttemptLog.OUTPUT);

    private final String stored;

    Part(String stored) {
      this.stored = stored;
    }
  }

  /**
   * That attempt, which may not exist.
   *
   * @param folders where this machine keeps the repository's runs
   * @param run the run with the name it holds in the repository
   * @param attempt 1 for the first
   */
  public AttemptOutput(
      GitRepository repository, RunFolders folders, RunKey run, String task, int attempt) {
    this.repository = repository;
    logRef = new RunRefs(run.name()).log(task, attempt);
    folder = new AttemptFolder(folders.attempt(run, task, attempt));
  }

  /** The ref of the stored log, whether it is there or not. */
  public String logRef() {
    return logRef;
  }

  /** Whether the log is stored. */
  public boolean isStored() {
    return log().isPresent();
  }

  /** Whether its files are on this machine. */
  public boolean isHere() {
    return Files.isDirectory(folder.root());
  }

  /** Whether its process has ended, so that nothing more is written. */
  public boolean hasEnded() {
    return isStored() || !isHere() || Files.exists(folder.journal().resolve("exit"));
  }

  /**
   * The part as it is stored; of one over 10 MB the beginning and the end. Empty before it is.
   */
  public Optional<byte[]> stored(Part part) {
    return log().flatMap(tree -> repository.objects().readFile(tree, part.stored));
  }

  /** Whether a stored part of that length lacks something in its middle. */
  public static boolean isShortened(int length) {
    return length > 2 * AttemptLog.HALF;
  }

  /**
   * What the file on this machine has from an offset on, a megabyte at most; nothing if there is no
   * file.
   */
  public byte[] live(Part part, long offset) throws IOException {
    try (FileChannel channel = FileChannel.open(file(part))) {
      long left = Math.max(0, channel.size() - offset);
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PIECE, left));
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
      buffer.flip();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  private Optional<CommitId> log() {
    return repository.refs().read(logRef);
  }

  private Path file(Part part) {
    return switch (part) {
      case STDOUT -> folder.journal().resolve("out");
      case STDERR -> folder.journal().resolve("err");
      case PROMPT -> folder.prompt();
      case OUTPUT -> folder.output();
    };
  }
}
