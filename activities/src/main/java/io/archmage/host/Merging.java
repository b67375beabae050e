package io.archmage.host;

import io.archmage.contract.AttemptResult;
import io.archmage.contract.ConflictSides;
import io.archmage.contract.FileConflict;
import io.archmage.contract.IntegrateRequest;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.PublishRequest;
import io.archmage.contract.Published;
import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.IntegrationRequest;
import io.archmage.merge.Integrator;
import io.archmage.merge.MergeOutcome;
import io.archmage.merge.PublishRequest.Style;
import io.archmage.merge.Published.How;
import io.archmage.merge.Publisher;
import io.archmage.plan.MergeRules;
import io.archmage.prepare.StoredPlan;
import io.archmage.project.Project;
import io.archmage.share.RemoteWait;
import io.archmage.share.RunShare;
import io.archmage.structural.Clash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in the words of {@code io.archmage.merge} what the contract asks, and the answer back. */
public final class Merging {

  /** Declarations named for one file. */
  private static final int MAX_CLASHES = 5;

  private Merging() {}

  static IntegrationResult integrate(
      Project project, IntegrateRequest request, RunShare share) {
    List<String> guarded = new ArrayList<>(List.of("runes/config/"));
    project.configuration().commandFiles().forEach(file -> guarded.add("/" + file));
    IntegrationRequest wanted =
        new IntegrationRequest(
            refs(request.run()),
            refs(request.run()).branchOf(request.group()),
            request.linear(),
            new CommitId(request.commit()),
            new CommitId(request.base()),
            Optional.of(new CommitId(request.knownHead())),
            request.title(),
            new TaskTrailers(
                request.run().runId(),
                request.run().execution(),
                request.task(),
                request.attempt(),
                request.familiar()),
            author(project.repository()),
            Instant.now(),
            guarded,
            false,
            new StoredPlan(project.repository()).rules(refs(request.run())));
    Integrator integrator =
        new Integrator(project.repository(),
            share.heads(refs(request.run()), request.task(), request.attempt()));
    MergeOutcome outcome =
        request.resolution() == null
            ? integrator.integrate(wanted)
            : integrator.integrate(wanted, Resolutions.decision(request.resolution()));
    return switch (outcome) {
      case MergeOutcome.Merged merged -> merged(merged);
      case MergeOutcome.Unchanged unchanged -> unchanged(unchanged);
      case MergeOutcome.Conflicted conflicted ->
        conflicted(
            project, request, conflicted.head(), conflicted.conflicts(), wanted.rules());
      case MergeOutcome.Refused refused ->
        new IntegrationResult.Refused(
            refused.because(),
            refused.conflicts().isEmpty()
                ? null
                : conflicted(
                    project, request, refused.head(), refused.conflicts(), wanted.rules()));
      case MergeOutcome.Protected guardedFiles ->
        new IntegrationResult.ProtectedPaths(guardedFiles.files());
    };
  }

  static IntegrationResult merged(MergeOutcome.Merged merged) {
    return new IntegrationResult.Merged(
        merged.head().hex(),
        key(merged.how()),
        first(merged.files()),
        first(merged.structural()),
        first(merged.unchecked()));
  }

  static IntegrationResult unchanged(MergeOutcome.Unchanged unchanged) {
    return new IntegrationResult.Merged(unchanged.head().hex(), "unchanged", List.of());
  }

  /** Keeps both sides of a conflict between a group and its run. */
  static IntegrationResult.Conflicted conflicted(
      GitRepository repository,
      RunRefs refs,
      String group,
      CommitId groupHead,
      CommitId head,
      List<io.archmage.merge.FileConflict> conflicts) {
    ConflictSides sides = new ConflictSides(refs.conflictOurs(group), refs.conflictTheirs(group));
    repository.refs().set(sides.ours(), head);
    repository.refs().set(sides.theirs(), groupHead);
    return new IntegrationResult.Conflicted(
        head.hex(), conflicts.stream().map(Merging::conflict).toList(), sides);
  }

  /** Keeps both sides, so that a person can look at them and start from them. */
  private static IntegrationResult.Conflicted conflicted(
      Project project,
      IntegrateRequest request,
      CommitId head,
      List<io.archmage.merge.FileConflict> conflicts,
      Optional<MergeRules> rules) {
    RunRefs refs = refs(request.run());
    ConflictSides sides =
        new ConflictSides(
            refs.conflictOurs(request.task()), refs.conflictTheirs(request.task()));
    project.repository().refs().set(sides.ours(), head);
    project.repository().refs().set(sides.theirs(), new CommitId(request.commit()));
    return new IntegrationResult.Conflicted(
        head.hex(),
        conflicts.stream().map(Merging::conflict).toList(),
        sides,
        rules.filter(MergeRules::serializes).isPresent()
            && conflicts.stream().allMatch(io.archmage.merge.FileConflict::isSerial));
  }

  /** Brings a head to its target branch where that is safe; a repeat gives the same answer. */
  public static Published publish(Project project, PublishRequest request) {
    return publish(project, request, RunShare.of(project, RemoteWait.NOT_AT_ALL));
  }

  static Published publish(Project project, PublishRequest request, RunShare share) {
    GitRepository repository = project.repository();
    RunRefs refs = refs(request.run());
    share.heads(refs).refresh(refs.branch(), Optional.of(new CommitId(request.head())));
    if (request.target() == null) {
      return new Published(
          null,
          request.head(),
          "left",
          "HEAD of the repository is on no branch",
          "git branch NAME " + request.head());
    }
    io.archmage.merge.Published published =
        new Publisher(repository)
            .publish(
                new io.archmage.merge.PublishRequest(
                    refs(request.run()),
                    request.run().execution(),
                    new CommitId(request.head()),
                    request.target(),
                    switch (request.strategy()) {
                      case "squash" -> Style.SQUASH;
                      case "linear" -> Style.LINEAR;
                      default -> Style.MERGE;
                    },
                    request.title(),
                    author(repository),
                    Instant.now()));
    Optional<String> notPushed =
        published.how() == How.LEFT
            ? Optional.empty()
            : share.pushTarget(request.target());
    return new Published(
        request.target(),
        published.commit().hex(),
        key(published.how()),
        published.because().or(() -> notPushed).orElse(null),
        published.command().orElse(null));
  }

  static FileConflict conflict(io.archmage.merge.FileConflict conflict) {
    String kind =
        switch (conflict.kind()) {
          case CONTENT -> "both edited the same lines";
          case DECLARATIONS -> "the lines merge, but the declarations do not fit together";
          case RESOLVABLE ->
            "both edited the same lines; its declarations would merge, but are not to be merged"
                + " unasked";
          case ADD_ADD -> "both added it, differently";
          case DELETE_EDIT -> "one deleted what the other edited";
          case RENAME -> "one renamed what the other changed";
          case DIRECTORY_FILE -> "a file for one, a directory for the other";
          case BINARY -> "both changed a file that is not text";
          case SYMLINK -> "both changed a symbolic link";
          case SUBMODULE -> "both changed a submodule";
          case MODE -> "they disagree about its type or mode";
          case UNSAFE_PATH -> "its name could be taken for .git or leads outside";
          case UNSAFE_LINK -> "the link leads out of the repository";
          case CASE_COLLISION -> "its name differs from another only by case";
          case SAME_WORK -> "both made the same change";
        };
    return new FileConflict(
        conflict.path(),
        conflict.clashes().isEmpty() ? kind : clashes(conflict.clashes()),
        conflict.ours().task().orElse(null));
  }

  private static String clashes(List<Clash> clashes) {
    String named =
        clashes.stream()
            .map(Clash::message)
            .distinct()
            .limit(MAX_CLASHES)
            .collect(Collectors.joining(", "));
    return clashes.size() > MAX_CLASHES ? named + ", and more" : named;
  }

  static RunRefs refs(RunKey run) {
    return new RunRefs(run.name());
  }

  static Identity author(GitRepository repository) {
    return repository.userIdentity().orElse(Identity.ARCHMAGE);
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static List<String> first(List<String> files) {
    return files.stream().limit(AttemptResult.MAX_FILES).toList();
  }
}
