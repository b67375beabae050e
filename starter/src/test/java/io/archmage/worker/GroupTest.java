package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks in groups on the real server, in a real repository: branches, worktrees, histories. */
@Timeout(120)
class GroupTest {

  @TempDir
  Path folder;
  private TestProject project;
  private GroupRun run;
  private ServingWorker worker;

  @BeforeEach
  void begin() throws Exception {
    project = TestProject.make(folder.resolve("project"));
    project.git("tag", "start");
    run = new GroupRun(DevServer.shared(), folder, project);
    worker = ServingWorker.start(DevServer.shared().client(), run.queue, project);
  }

  @AfterEach
  void end() throws Exception {
    worker.close();
    assertThat(project.git("fsck", "--strict", "--no-dangling")).isEmpty();
    assertThat(project.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void shouldShowOneWorktreeAndBranchForEachEpicWhileItGoesOn() throws Exception {
    JsonNode layout =
        new ObjectMapper()
            .readTree(
                Path.of("../workflows/src/test/resources/plans/S2-12-worktree-layout.json")
                    .toFile())
            .get("worktrees");
    StringBuilder plan = new StringBuilder("epics:\n");
    for (JsonNode row : layout) {
      plan.append("  - {id: ").append(row.get("epic_id")).append(", name: ");
      plan.append(row.get("epic_name").asText()).append("}\n");
    }
    plan.append("tasks:\n");
    for (JsonNode row : layout) {
      String id = "t" + row.get("epic_id").asText();
      run.holds(id, "all", "echo " + id + " >" + id + ".txt");
      plan.append("  - {id: ").append(id).append(", epic_id: ");
      plan.append(row.get("epic_id").asText()).append("}\n");
    }

    run.start(plan.toString());
    run.awaitBegun("t1", "t2", "t3");

    for (JsonNode row : layout) {
      Path path = project.repository().resolve(row.get("path").asText());
      assertThat(GroupRun.in(path, "symbolic-ref", "--short", "HEAD"))
          .isEqualTo(row.get("branch").asText());
      assertThat(GroupRun.in(path, "status", "--porcelain")).isEmpty();
      assertThat(path.resolve("README.md")).exists();
      assertThat(run.worktrees()).containsEntry(row.get("branch").asText(), "active");
    }
    assertThat(project.git("worktree", "list").lines()).hasSize(4);
    assertThat(project.git("symbolic-ref", "--short", "HEAD")).isEqualTo("main");
    assertThat(project.git("status", "--porcelain")).isEmpty();
    run.go("all");
    JsonNode report = run.completed();

    assertThat(project.git("worktree", "list").lines()).hasSize(1);
    assertThat(run.branches()).containsExactly("main");
    assertThat(project.repository().resolve(".worktrees")).doesNotExist();
    assertThat(run.worktrees()).hasSize(3).containsValue("merged");
    assertThat(report.at("/tasks/0/group").asText()).isEqualTo("1");
    assertThat(report.at("/groups/0/branch").asText()).isEqualTo("epic-1-backend");
    assertThat(report.at("/groups/0/epic_id").asText()).isEqualTo("1");
    assertThat(run.mainline())
        .containsExactlyInAnyOrder(
            "epic-1-backend: backend", "epic-2-frontend: frontend", "epic-3-auth: auth");
    assertThat(project.git("show", "--no-patch", "--format=%B", "main^{/epic-1-backend}"))
        .contains("Archmage-Group: 1", "Archmage-Members: t1", "Archmage-Run: " + run.id);
  }

  @Test
  void shouldRunTheGraphOfSevenTasksInThreeEpicsAsItStands() throws Exception {
    run.holds("3", "four", "cat 2.txt; echo 3 >3.txt");
    project.script("4", "cat 2.txt; test ! -e 3.txt; touch \"$SCRIPTS/../go-four\"; echo 4 >4.txt");
    project.script("5", "cat 3.txt 4.txt; echo 5 >5.txt");
    project.script("7", "cat 3.txt 6.txt; echo 7 >7.txt");

    run.startInput("S2-01-dependency-graph.json");
    JsonNode report = run.completed();

    assertThat(report.get("batches").toString())
        .isEqualTo("[[\"1\",\"6\"],[\"2\"],[\"3\",\"4\"],[\"5\",\"7\"]]");
    assertThat(project.git("ls-tree", "--name-only", "main").lines())
        .contains("1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "6.txt", "7.txt");
    assertThat(run.mainline())
        .containsExactlyInAnyOrder(
            "epic-1-backend-infrastructure: Backend Infrastructure",
            "epic-2-authentication: Authentication",
            "epic-3-frontend: Frontend");
    assertThat(project.invocations()).hasSize(7);
    assertThat(run.branches()).containsExactly("main");
  }

  @Test
  void shouldRunTheParallelGroupsAsTheyStand() throws Exception {
    run.holds("frontend-ui", "ui", "echo ui >ui.txt");
    run.holds("backend-api", "api", "cat backend-db.txt; echo api >api.txt");

    run.startInput("S3-04-parallel-groups.yaml");
    run.awaitBegun("frontend-ui", "backend-api");

    assertThat(run.branches()).containsExactly("backend", "frontend", "main");
    assertThat(Files.readString(run.worktree("backend").resolve("backend-db.txt")))
        .isEqualTo("backend-db by codex\n");
    assertThat(run.worktree("frontend").resolve("backend-db.txt")).doesNotExist();
    run.go("ui");
    run.go("api");
    JsonNode report = run.completed();

    assertThat(report.get("batches").toString())
        .isEqualTo("[[\"backend-db\",\"frontend-ui\"],[\"backend-api\"]]");
    assertThat(run.mainline())
        .containsExactlyInAnyOrder("backend: backend-db, backend-api", "frontend: frontend-ui");
  }

  private static final String TWO_GROUPS =
      """
          tasks:
            - {id: a1, familiar: codex, group: a}
            - {id: a2, familiar: codex, group: a, depends_on: [a1]}
            - {id: b1, familiar: codex, group: b, depends_on: [a1]}
            - {id: b2, familiar: codex, group: b, depends_on: [b1]}
            - {id: alone, familiar: codex}
            - {id: late, familiar: codex, depends_on: [b1, alone]}
          """;

  @ParameterizedTest
  @ValueSource(strings = {"regular", "squash"})
  void shouldBringOneCommitForEachGroup(String strategy) throws Exception {
    project.script("a1", "printf '1\\n2\\n3\\n' >shared.txt");
    project.script("a2", "sed -i 's/1/one/' shared.txt; echo a2 >a2.txt");
    project.script("b1", "sed -i 's/3/three/' shared.txt; echo b1 >b1.txt");
    project.script("b2", "sed -i 's/three/drei/' shared.txt");
    run.holds("late", "late", "cat b1.txt alone.txt; echo late >late.txt");
    run.start(TWO_GROUPS, "{\"merge_strategy\": \"" + strategy + "\"}");
    run.awaitBegun("late");
    run.go("late");

    JsonNode report = run.completed();

    assertThat(run.show("main:shared.txt")).isEqualTo("one\n2\ndrei");
    assertThat(project.git("ls-tree", "--name-only", "main").lines())
        .contains("a2.txt", "b1.txt", "alone.txt", "late.txt");
    assertThat(run.mainline()).contains("a: a1, a2", "b: b1, b2").doesNotHaveDuplicates();
    boolean merges = strategy.equals("regular");
    assertThat(project.git("log", "--first-parent", "--merges", "--format=%s", "main").lines())
        .satisfies(
            subjects -> assertThat(
                subjects.contains("a: a1, a2") && subjects.contains("b: b1, b2"))
                .isEqualTo(merges));
    if (!merges) {
      assertThat(project.git("log", "--merges", "--format=%s", "main", "--not", "start")).isEmpty();
    }
    assertThat(project.git("rev-parse", "main")).isEqualTo(report.get("head_commit").asText());
    assertThat(run.branches()).containsExactly("main");
    assertThat(project.invocations()).hasSize(6);
  }

  @Test
  void shouldLeaveAloneWhatTheUserHasUnderTheSameNames() throws Exception {
    project.git("branch", "epic-1-backend");
    project.git("config", "x.y", "z");
    Files.createDirectories(run.worktree("epic-2-frontend"));
    Files.writeString(project.repository().resolve(".git/info/exclude"), "/.worktrees/");
    Files.writeString(run.worktree("epic-2-frontend").resolve("mine"), "mine");
    String config = Files.readString(project.repository().resolve(".git/config"));
    run.holds("one", "all", "echo 1 >1.txt").holds("two", "all", "echo 2 >2.txt");

    run.start(
        """
            epics: [{id: 1, name: Backend}, {id: 2, name: Frontend}]
            tasks: [{id: one, epic: 1}, {id: two, epic: 2}]
            """);
    run.awaitBegun("one", "two");

    assertThat(run.worktrees())
        .isEqualTo(
            Map.of(
                "epic-1-backend-" + run.id, "active", "epic-2-frontend-" + run.id, "active"));
    run.go("all");
    JsonNode report = run.completed();

    assertThat(report.get("groups")).hasSize(2);
    assertThat(run.branches()).containsExactly("epic-1-backend", "main");
    assertThat(project.git("rev-parse", "epic-1-backend"))
        .isEqualTo(project.git("rev-parse", "start"));
    assertThat(run.worktree("epic-2-frontend").resolve("mine")).hasContent("mine");
    assertThat(Files.readString(project.repository().resolve(".git/config"))).isEqualTo(config);
    assertThat(Files.readString(project.repository().resolve(".git/info/exclude")))
        .isEqualTo("/.worktrees/");
  }

  @Test
  void shouldNeitherOverwriteNorRemoveAWorktreeInWhichSomebodyWorks() throws Exception {
    project.script("g1", "echo one >>src/app.txt");
    run.holds("g2", "second", "cat src/app.txt; echo 2 >2.txt");
    run.start(
        """
            tasks:
              - {id: g1, familiar: codex, group: g}
              - {id: g2, familiar: codex, group: g, depends_on: [g1]}
            """);
    run.awaitBegun("g2");
    Path worktree = run.worktree("g");
    assertThat(worktree.resolve("src/app.txt")).content().endsWith("three\none\n");
    Files.writeString(worktree.resolve("README.md"), "half an idea\n");
    Files.writeString(worktree.resolve("new"), "another\n");
    run.go("second");

    JsonNode report = run.completed();

    assertThat(run.show("main:2.txt")).isEqualTo("2");
    assertThat(run.show("main:README.md")).isEqualTo("a project");
    assertThat(worktree.resolve("README.md")).hasContent("half an idea");
    assertThat(worktree.resolve("new")).hasContent("another");
    assertThat(worktree.resolve("2.txt")).doesNotExist();
    assertThat(GroupRun.in(worktree, "rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("HEAD");
    assertThat(report.at("/groups/0/status").asText()).isEqualTo("merged");
    assertThat(report.at("/groups/0/because").asText())
        .contains("stays", "changes of yours", "README.md");
    assertThat(run.branches()).containsExactly("main");
    project.git("worktree", "remove", "--force", worktree.toString());
  }

  private static final String CONFLICT =
      """
          tasks:
            - {id: a, familiar: codex, group: left}
            - {id: b, familiar: codex, group: right}
          """;

  /** The group that comes second, whichever that is. */
  private String conflict() throws Exception {
    for (String task : List.of("a", "b")) {
      run.holds(task, "all", "echo " + task + " >>src/app.txt; echo " + task + " >" + task);
    }
    run.start(CONFLICT);
    run.awaitBegun("a", "b");
    run.go("all");
    Await.until(
        "two groups are in conflict", () -> run.worktrees().containsValue("conflict"));
    return run.worktrees().get("left").equals("conflict") ? "left" : "right";
  }

  @Test
  void shouldLetAPersonMergeInTheWorktreeAndRetryTheMergeAlone() throws Exception {
    String group = conflict();
    JsonNode row = run.awaitQuestion(group);
    Path worktree = run.worktree(group);

    assertThat(row.get("because").asText())
        .contains("Merge conflict in group " + group, "src/app.txt");
    assertThat(worktree.resolve("src/app.txt")).content().contains("<<<<<<<", ">>>>>>>");
    assertThat(GroupRun.in(worktree, "status", "--porcelain")).contains("UU src/app.txt");
    for (String ref : project.git("for-each-ref", "--format=%(refname)", "refs/heads")
        .lines()
        .toList()) {
      assertThat(run.show(ref + ":src/app.txt")).as(ref).doesNotContain("<<<<");
    }

    Files.writeString(worktree.resolve("src/app.txt"), "one\ntwo\nthree\nboth\n");
    GroupRun.in(worktree, "add", "-A");
    GroupRun.in(worktree, "-c", "user.name=U", "-c", "user.email=u@x", "commit", "-qm", "both");
    run.update("retry", "{\"task\":\"" + group + "\"}");
    JsonNode report = run.completed();

    assertThat(run.show("main:src/app.txt")).isEqualTo("one\ntwo\nthree\nboth");
    assertThat(project.git("ls-tree", "--name-only", "main").lines()).contains("a", "b");
    assertThat(project.invocations()).hasSize(2);
    assertThat(report.get("tasks")).hasSize(2);
    assertThat(run.branches()).containsExactly("main");
    assertThat(worktree).doesNotExist();
  }

  @Test
  void shouldTakeTheSideThatAPersonNames() throws Exception {
    String group = conflict();
    run.awaitQuestion(group);

    run.update("resolve", "{\"task\":\"" + group + "\",\"how\":\"theirs\"}");
    JsonNode report = run.completed();

    assertThat(run.show("main:src/app.txt"))
        .isEqualTo("one\ntwo\nthree\n" + (group.equals("left") ? "a" : "b"));
    assertThat(report.get("groups")).hasSize(2);
    assertThat(run.branches()).containsExactly("main");
    assertThat(run.worktree(group)).doesNotExist();
  }

  @Test
  void shouldKeepTheBranchOfAGroupThatAPersonDoesNotMerge() throws Exception {
    String group = conflict();
    run.awaitQuestion(group);

    run.update("reject", "{\"task\":\"" + group + "\"}");
    JsonNode report = run.failed();

    assertThat(report.get("status").asText()).isEqualTo("partial");
    assertThat(report.get("notes").toString()).contains("Group " + group + " is not merged");
    assertThat(run.branches()).containsExactlyInAnyOrder("main", group);
    assertThat(run.worktree(group)).exists();
    assertThat(project.git("ls-tree", "--name-only", group).lines())
        .contains(group.equals("left") ? "a" : "b");
    project.git("worktree", "remove", "--force", run.worktree(group).toString());
  }

  @Test
  void shouldMergeWhatSucceededOfAGroupWithAFailure() throws Exception {
    project.configure("error_handling: {max_retries: 0}\n");
    worker.close();
    worker = ServingWorker.start(DevServer.shared().client(), run.queue, project);
    project.script("g2", "echo broken >2.txt; exit 1");

    run.start(
        """
            tasks:
              - {id: g1, familiar: codex, group: g}
              - {id: g2, familiar: codex, group: g, depends_on: [g1]}
              - {id: h1, familiar: codex, group: h, depends_on: [g2]}
            """);
    JsonNode report = run.failed();

    assertThat(report.get("status").asText()).isEqualTo("partial");
    assertThat(project.git("ls-tree", "--name-only", "archmage/" + run.id).lines())
        .contains("g1.txt")
        .doesNotContain("2.txt", "g2.txt");
    assertThat(report.at("/groups/0/status").asText()).isEqualTo("merged");
    assertThat(report.at("/groups/1/status").asText()).isEqualTo("removed");
    assertThat(run.branches()).containsExactly("main");
  }

  @Test
  void shouldAskAPersonWhereWhatATaskNeedsDoesNotMergeWithItsGroup() throws Exception {
    project.script("a1", "echo a >>src/app.txt");
    project.script("b1", "echo b >>src/app.txt");
    project.script("b2", "cat src/app.txt; echo 2 >2.txt");
    run.start(
        """
            tasks:
              - {id: a1, familiar: codex, group: a}
              - {id: a2, familiar: codex, group: a, depends_on: [b2]}
              - {id: b1, familiar: codex, group: b}
              - {id: b2, familiar: codex, group: b, depends_on: [a1, b1]}
            """);
    JsonNode row = run.awaitQuestion("b2");
    Path worktree = run.worktree("b");

    assertThat(row.get("because").asText()).contains("the work of a1", "branch b", "src/app.txt");
    assertThat(project.invocations()).doesNotContain("b2 1");
    GroupRun.in(
        worktree, "-c", "user.name=U", "-c", "user.email=u@x", "merge", "-q", "-X", "ours", "a");
    run.update("retry", "{\"task\":\"b2\"}");
    run.completed();

    assertThat(run.show("main:src/app.txt")).endsWith("three\nb");
    assertThat(run.show("main:2.txt")).isEqualTo("2");
    assertThat(project.invocations()).hasSize(4);
  }
}
