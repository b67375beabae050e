package io.archmage.workspace;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.RunKey;
import io.archmage.disk.WholeFile;
import io.archmage.project.Project;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The workspaces of one repository on this machine, used again and again: bringing one to another
 * commit touches only the files that differ.
 *
 * <p>Each has a numbered directory. A note beside it says who holds it ({@code N.lease}) or who
 * held it last ({@code N.free}); where both are there, the lease counts. Thread-safe, also against
 * other workers.
 */
public final class WorkspacePool {

  /** How long workspaces that were put aside stay. */
  public static final Duration KEPT_FOR = Duration.ofDays(7);

  /** How many of them stay. */
  public static final int MOST_KEPT = 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LEASED = ".lease";
  private static final String FREE = ".free";
  private static final String GONE = "gone-";

  private final Path root;
  private final int keep;

  /** What a note says. */
  record Note(Lease.Holder holder, @Nullable RunKey previous) {}

  private record Entry(int number, Note note, boolean leased) {}

  /**
   * A pool.
   *
   * @param root its directory, outside the user's repository
   * @param keep how many idle workspaces are kept
   */
  WorkspacePool(Path root, int keep) {
    this.root = root;
    this.keep = keep;
  }

  /** The pool of a project, as its configuration wants it. */
  public static WorkspacePool of(Project project) {
    return new WorkspacePool(
        project.state().resolve("pool"), project.configuration().idleWorkspaces());
  }

  /** Gives the holder a workspace; asked again, the same one. It is not prepared yet. */
  public Lease lease(Lease.Holder holder) throws IOException {
    return locked(
        () -> {
          List<Entry> entries = entries();
          Optional<Entry> held = held(entries, holder);
          if (held.isPresent()) {
            return lease(held.get());
          }
          Optional<Entry> free =
              entries.stream().filter(entry -> !entry.leased()).min(bestFor(holder));
          Entry entry =
              new Entry(
                  free.map(Entry::number).orElseGet(() -> unused(entries)),
                  new Note(holder, free.map(found -> found.note().holder().run()).orElse(null)),
                  true);
          write(entry);
          Files.deleteIfExists(note(entry.number(), FREE));
          return lease(entry);
        });
  }

  /** The holder's workspace, empty if it has none. */
  public Optional<Lease> leased(Lease.Holder holder) throws IOException {
    return locked(() -> held(entries(), holder).map(this::lease));
  }

  /** Everything that is held. */
  public List<Lease> leases() throws IOException {
    return locked(() -> entries().stream().filter(Entry::leased).map(this::lease).toList());
  }

  /** Workspaces that nobody holds. */
  public List<Path> idle() throws IOException {
    return locked(
        () -> entries().stream()
            .filter(entry -> !entry.leased())
            .map(entry -> directory(entry.number()))
            .toList());
  }

  /** Gives a workspace back, for others if few enough are idle. What is in it was kept before. */
  public void release(Lease lease) throws IOException {
    boolean kept =
        locked(
            () -> {
              List<Entry> entries = entries();
              Optional<Entry> entry = held(entries, lease.holder());
              if (entry.isEmpty()) {
                return true;
              }
              if (entries.stream().filter(other -> !other.leased()).count() >= keep) {
                return false;
              }
              write(new Entry(entry.get().number(), entry.get().note(), false));
              Files.delete(note(entry.get().number(), LEASED));
              return true;
            });
    if (!kept) {
      discard(lease);
    }
  }

  /** Deletes a workspace that is held. */
  public void discard(Lease lease) throws IOException {
    Path gone = root.resolve(GONE + UUID.randomUUID());
    vacate(lease, gone, false);
    TreeRemover.remove(gone);
  }

  /** Lets the holder keep its workspace, for the next time that it asks. */
  public void hold(Lease lease) throws IOException {
    locked(
        () -> {
          Optional<Entry> entry = held(entries(), lease.holder());
          if (entry.isPresent()) {
            Note used = new Note(lease.holder(), lease.holder().run());
            write(new Entry(entry.get().number(), used, true));
          }
          return entry;
        });
  }

  /** Moves a workspace that is held to {@code place} on the same disk; its own may stay held. */
  private void vacate(Lease lease, Path place, boolean stillHeld) throws IOException {
    locked(
        () -> {
          Optional<Entry> entry = held(entries(), lease.holder());
          if (entry.isPresent()) {
            if (Files.exists(lease.root())) {
              Files.move(lease.root(), place, StandardCopyOption.ATOMIC_MOVE);
            }
            if (!stillHeld) {
              Files.delete(note(entry.get().number(), LEASED));
            }
          }
          return place;
        });
  }

  /** Where a workspace of that name is put aside. */
  public Path keptPlace(String name) {
    return keptDirectory().resolve(name);
  }

  /**
   * Puts a workspace that is held aside for people to look at, in a {@link #keptPlace}.
   *
   * @param stillHeld whether the holder gets a new one in the same directory when it asks again
   */
  public void keep(Lease lease, Path place, boolean stillHeld) throws IOException {
    Files.createDirectories(keptDirectory());
    TreeRemover.remove(place);
    vacate(lease, place, stillHeld);
    if (Files.exists(place)) {
      Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
    }
  }

  /** Workspaces put aside, the newest first. */
  public List<Path> kept() throws IOException {
    if (!Files.isDirectory(keptDirectory())) {
      return List.of();
    }
    List<Path> kept = new ArrayList<>();
    try (DirectoryStream<Path> places = Files.newDirectoryStream(keptDirectory())) {
      places.forEach(kept::add);
    }
    kept.sort(Comparator.comparing(WorkspacePool::age).reversed());
    return kept;
  }

  /** Deletes what was put aside too long ago, or is more than the newest {@link #MOST_KEPT}. */
  public void expire(Instant now) throws IOException {
    List<Path> kept = kept();
    for (int i = 0; i < kept.size(); i++) {
      if (i >= MOST_KEPT || age(kept.get(i)).isBefore(now.minus(KEPT_FOR))) {
        TreeRemover.remove(kept.get(i));
      }
    }
  }

  private static Instant age(Path place) {
    try {
      return Files.getLastModifiedTime(place).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }

  private Path keptDirectory() {
    return root.resolveSibling("kept");
  }

  /** Deletes idle workspaces beyond those that are to be kept, and what a crash left of others. */
  public void trim() throws IOException {
    List<Path> gone =
        locked(
            () -> {
              List<Entry> free = entries().stream().filter(entry -> !entry.leased()).toList();
              for (Entry entry : free.subList(Math.min(keep, free.size()), free.size())) {
                if (Files.exists(directory(entry.number()))) {
                  Files.move(directory(entry.number()), root.resolve(GONE + UUID.randomUUID()));
                }
                Files.delete(note(entry.number(), FREE));
              }
              return list(GONE + "*");
            });
    for (Path path : gone) {
      TreeRemover.remove(path);
    }
  }

  /** One's own from before, then one of the same run, then any; the lowest number of those. */
  private static Comparator<Entry> bestFor(Lease.Holder holder) {
    return Comparator.<Entry, Boolean>comparing(entry -> !entry.note().holder().equals(holder))
        .thenComparing(entry -> !entry.note().holder().run().equals(holder.run()))
        .thenComparingInt(Entry::number);
  }

  private static Optional<Entry> held(List<Entry> entries, Lease.Holder holder) {
    return entries.stream()
        .filter(entry -> entry.leased() && entry.note().holder().equals(holder))
        .findFirst();
  }

  private int unused(List<Entry> entries) {
    int number = 1;
    while (taken(entries, number)) {
      number++;
    }
    return number;
  }

  private boolean taken(List<Entry> entries, int number) {
    return entries.stream().anyMatch(entry -> entry.number() == number)
        || Files.exists(directory(number))
        || Files.exists(note(number, LEASED));
  }

  private Lease lease(Entry entry) {
    return new Lease(directory(entry.number()), entry.note().holder(), entry.note().previous());
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    List<Integer> leased = new ArrayList<>();
    for (Path file : list("*" + LEASED)) {
      int number = number(file, LEASED);
      leased.add(number);
      read(file).ifPresent(note -> entries.add(new Entry(number, note, true)));
    }
    for (Path file : list("*" + FREE)) {
      int number = number(file, FREE);
      if (!leased.contains(number)) {
        read(file).ifPresent(note -> entries.add(new Entry(number, note, false)));
      }
    }
    entries.sort(Comparator.comparingInt(Entry::number));
    return entries;
  }

  private List<Path> list(String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root, pattern)) {
      files.forEach(found::add);
    }
    return found;
  }

  private static int number(Path file, String suffix) {
    String name = String.valueOf(file.getFileName());
    return Integer.parseInt(name.substring(0, name.length() - suffix.length()));
  }

  /** Empty if a power cut spoilt the note: then nobody knows whose work is in there. */
  private static Optional<Note> read(Path file) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Note.class));
    } catch (JacksonException spoilt) {
      return Optional.empty();
    }
  }

  private void write(Entry entry) throws IOException {
    WholeFile.write(
        note(entry.number(), entry.leased() ? LEASED : FREE),
        JSON.writeValueAsBytes(entry.note()));
  }

  private Path note(int number, String suffix) {
    return root.resolve(number + suffix);
  }

  private Path directory(int number) {
    return root.resolve(Integer.toString(number));
  }

  private <T> T locked(DirectoryLock.Action<T> action) throws IOException {
    return DirectoryLock.locked(root, action);
  }
}
