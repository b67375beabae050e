package io.archmage.cli;

import io.archmage.render.QuestionLines;
import io.archmage.report.Question;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.report.StatusRequest;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import io.archmage.server.TemporalConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings a run's questions before the person who follows it: each is shown once, and asked where
 * somebody is there to answer. Not thread-safe.
 */
final class Attendant {

  private static final int PAGE = 500;

  private final Session session;
  private final TemporalConnection server;
  private final String runId;
  private final RunView view;
  private final QuestionPrompt prompt;
  private final boolean mayAsk;
  private final Set<String> shown = new TreeSet<>();

  /**
   * @param mayAsk whether a person is there to be asked
   */
  Attendant(
      Session session, TemporalConnection server, String runId, RunView view, boolean mayAsk) {
    this.session = session;
    this.server = server;
    this.runId = runId;
    this.view = view;
    this.mayAsk = mayAsk;
    this.prompt = new QuestionPrompt(session.console());
  }

  /** Shows what is new; true if there is nothing to follow until somebody answers. */
  boolean leaves(StatusPage page) throws InterruptedException {
    if (count(page, TaskStatus.AWAITING_PERSON) == 0) {
      return false;
    }
    for (TaskReport task : awaiting(page)) {
      Question question = task.question();
      if (question != null
          && shown.add(task.id() + " " + question.since() + " " + question.text())) {
        QuestionLines.of(task, session.launcher().typed()).forEach(view::note);
        if (mayAsk && ask(task, question)) {
          return false;
        }
      }
    }
    return page.status() == RunStatus.RUNNING
        && count(page, TaskStatus.READY) == 0
        && count(page, TaskStatus.WAITING) == 0
        && count(page, TaskStatus.RUNNING) == 0;
  }

  /** What to tell a person who leaves. */
  void farewell() {
    String typed = session.launcher().typed();
    String id = Shell.word(runId);
    view.note(
        "Run "
            + runId
            + " waits for a person and goes on once somebody answers, with one of the commands"
            + " above.");
    view.note("To see them again, and to follow the run: " + typed + " status " + id);
  }

  /** Asks until an answer is taken or put off; true if one was taken. */
  private boolean ask(TaskReport task, Question question) throws InterruptedException {
    view.pause();
    while (true) {
      QuestionPrompt.Answer answer = prompt.ask(task.id(), question);
      if (answer.later()) {
        return false;
      }
      try {
        RunReader reader = new RunReader(session, server);
        view.note(
            new Steering(session, server)
                .send(reader.find(runId), answer.update(), answer.argument())
                .message());
        return true;
      } catch (CommandFailure refused) {
        view.note("Not accepted: " + refused.explanation());
        view.pause();
        if (refused.exitCode() != ExitCode.INVALID || !stillAsked(task.id(), question)) {
          return true;
        }
      }
    }
  }

  /** Whether nobody else has answered meanwhile, and the question is the same. */
  private boolean stillAsked(String task, Question question) {
    return awaiting(page(0))
        .stream()
        .anyMatch(now -> now.id().equals(task) && question.equals(now.question()));
  }

  private List<TaskReport> awaiting(StatusPage first) {
    List<TaskReport> found = new ArrayList<>();
    StatusPage page = first;
    while (true) {
      page.tasks()
          .stream()
          .filter(task -> task.status() == TaskStatus.AWAITING_PERSON)
          .forEach(found::add);
      int next = page.offset() + page.tasks().size();
      if (page.tasks().isEmpty()
          || next >= page.taskCount()
          || found.size() >= count(first, TaskStatus.AWAITING_PERSON)) {
        return found;
      }
      page = page(next);
    }
  }

  private StatusPage page(int offset) {
    return server
        .client()
        .newUntypedWorkflowStub(runId)
        .query("status", StatusPage.class, new StatusRequest(offset, PAGE));
  }

  private static int count(StatusPage page, TaskStatus status) {
    return page.counts().getOrDefault(status.key(), 0);
  }
}
