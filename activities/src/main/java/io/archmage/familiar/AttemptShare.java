package io.archmage.familiar;

import io.archmage.contract.InvokeRequest;
import io.archmage.contract.SharedAttempt;
import io.archmage.git.GitException;
import io.archmage.git.RunRefs;
import io.archmage.process.Aside;
import io.archmage.project.Project;
import io.archmage.share.RemoteShare;
import io.archmage.share.RemoteWait;
import io.archmage.share.TaskToken;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt has to do with the other machines of its run: it takes its task's token, pushes
 * what its familiar makes, and lets go when a later attempt has the token. Where one machine has
 * the run to itself, nothing of that happens.
 */
final class AttemptShare implements AttemptControl {

  private final InvokeRequest request;
  private final AttemptControl inner;
  private final RunRefs refs;
  private final @Nullable RemoteShare patient;
  private final @Nullable RemoteShare quick;
  private @Nullable Aside<Boolean> push;
  private volatile @Nullable String trouble;
  private volatile boolean lost;

  AttemptShare(Project project, InvokeRequest request, AttemptControl control) {
    this.request = request;
    this.inner = control;
    this.refs = new RunRefs(request.run().name());
    boolean shared = request.shared() != null;
    this.patient =
        shared
            ? RemoteShare.of(project, this::waits).orElse(null)
            : null;
    this.quick =
        shared ? RemoteShare.of(project, RemoteWait.NOT_AT_ALL).orElse(null) : null;
  }

  private boolean waits(String progress) {
    inner.tell(progress);
    return inner.wish() == Wish.GO_ON;
  }

  /** Whoever lost its task is to stop; whoever was let go asks whether it has. */
  @Override
  public Wish wish() {
    Wish wish = inner.wish();
    return lost || wish == Wish.DETACH && isLost() ? Wish.CANCEL : wish;
  }

  @Override
  public Wish ask() {
    Wish wish = inner.ask();
    return lost ? Wish.CANCEL : wish;
  }

  @Override
  public void tell(String progress) {
    String note = trouble;
    inner.tell(note == null ? progress : progress + "; " + note);
  }

  /** Fetches what the attempt builds on. */
  void bring() {
    if (patient != null) {
      patient.bring(refs);
    }
  }

  /** Takes the task; the reason why not if a later attempt has it. */
  Optional<String> take() {
    SharedAttempt shared = request.shared();
    return patient == null || shared == null
        ? Optional.empty()
        : patient
            .token(refs, request.task())
            .take(request.attempt(), shared.host())
            .map(AttemptShare::taken);
  }

  private static String taken(TaskToken.Holder holder) {
    return "attempt " + holder.attempt() + " on " + holder.host() + " has the task";
  }

  /** Whether it goes on with what an attempt on a machine that fell silent had pushed. */
  boolean goesOn() {
    SharedAttempt shared = request.shared();
    return shared != null && shared.continues() != null;
  }

  /** Pushes the newest snapshot in the background, unless an earlier one is still on its way. */
  void pushSnapshot() {
    if (quick != null && (push == null || push.isDone())) {
      push = Aside.start(this::tryPush);
    }
  }

  private boolean tryPush() {
    try {
      if (!isLost()) {
        quick().keep(List.of(refs.attempt(request.task(), request.attempt())));
      }
      trouble = null;
      return true;
    } catch (GitException e) {
      trouble = "its work so far is not pushed: " + e.getMessage();
      return false;
    }
  }

  private RemoteShare quick() {
    if (quick == null) {
      throw new IllegalStateException("the run is not shared");
    }
    return quick;
  }

  /** Whether a later attempt is known to have the task; asks the remote. */
  boolean isLost() {
    if (quick != null && !lost) {
      try {
        lost = quick.token(refs, request.task()).lostTo(request.attempt()).isPresent();
      } catch (GitException away) {
        trouble = "nobody knows whether it still has its task: " + away.getMessage();
      }
    }
    return lost;
  }

  /** Pushes what is left of the attempt. */
  void keep() {
    if (push != null) {
      push.close();
    }
    if (patient != null) {
      String task = request.task();
      int attempt = request.attempt();
      patient.keep(
          List.of(
              refs.attempt(task, attempt), refs.log(task, attempt), refs.unchanged(task, attempt)));
    }
  }
}
