package io.archmage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.archmage.report.RunReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whole reports, which runs keep as objects of their repositories. */
final class ReportStore {

  private ReportStore() {}

  /**
   * The whole report of which this may be a shortened form; the given one if the repository is not
   * on this machine or no longer has it.
   */
  static RunReport whole(RunReport report) {
    if (report.reportRef() == null || !Files.isDirectory(Path.of(report.repository()))) {
      return report;
    }
    ProcessBuilder git =
        new ProcessBuilder(
            "git", "-C", report.repository(), "cat-file", "blob", report.reportRef())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = git.start();
      process.getOutputStream().close();
      String json =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Json.read(json, RunReport.class) : report;
    } catch (JsonProcessingException e) {
      throw CommandFailure.environment(
          report.reportRef() + " in " + report.repository() + " is not a report: "
              + e.getOriginalMessage());
    } catch (IOException e) {
      return report;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return report;
    }
  }
}
