package io.archmage.prepare;

import io.archmage.config.Configuration;
import io.archmage.config.ConfigurationReader;
import io.archmage.config.ConfigurationReading;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.TestRepo;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.project.Project;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A user's repository with one commit, opened as a project. */
abstract class PrepareFixture {

  static final Configuration CONFIGURATION =
      configuration("familiars: {codex: {command: [sh]}, gemini: {command: [sh]}}");

  @TempDir
  Path temp;
  TestRepo user;
  GitRepository repository;
  CommitId base;

  @BeforeEach
  void createRepository() {
    user = TestRepo.init(temp.resolve("user"));
    base = user.write("a.txt", "a\n").commit("base");
    repository = user.open();
  }

  @AfterEach
  void closeRepository() {
    repository.close();
  }

  Project project() {
    return project(repository, user.directory());
  }

  Project project(GitRepository opened, Path path) {
    return new Project(
        opened, path, CONFIGURATION, "0".repeat(64),
        temp.resolve("state").resolve(opened.repoId()));
  }

  static Configuration configuration(String document) {
    ConfigurationReading reading =
        ConfigurationReader.read(
            document.getBytes(StandardCharsets.UTF_8), DocumentSyntax.YAML);
    return switch (reading) {
      case ConfigurationReading.Read read -> read.configuration();
      case ConfigurationReading.Problems problems ->
        throw new AssertionError(problems.problems());
    };
  }
}
