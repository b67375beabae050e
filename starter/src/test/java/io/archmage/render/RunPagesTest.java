package io.archmage.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.report.RunStatus;
import io.archmage.report.Timeline;
import io.archmage.schedule.TaskStatus;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The pages of a run; {@code -Dgolden.update=true} writes the expected ones anew. */
class RunPagesTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  private static final Timeline TIMELINE =
      new Timeline(
          "demo-1",
          Reports.START,
          List.of(
              new Timeline.Bar("FE", "codex", TaskStatus.SUCCEEDED, 0L, 0L, 30_000L, 31_000L),
              new Timeline.Bar("BE", "codex", TaskStatus.FAILED, 0L, 2_000L, 40_000L, null),
              new Timeline.Bar("QA", "gemini", TaskStatus.RUNNING, 40_000L, 40_000L, null, null),
              new Timeline.Bar("<b>&\"", "reviewer", TaskStatus.BLOCKED, null, null, null, null)),
          70_000,
          100_000);

  @Test
  void shouldDrawTheTimeline() throws Exception {
    String svg = RunBars.svg(TIMELINE);

    Document parsed = parse(svg);
    assertThat(parsed.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(parsed.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo(
            "Timeline of demo-1. Total: 70s (Sequential would be: 100s). Speedup: 30% (1.43x).");
    compare("timeline.svg", svg);
  }

  @Test
  void shouldShowTheReportAsOnePageThatLoadsNothing() throws Exception {
    String html =
        ReportHtml.render(
            Reports.report(
                RunStatus.PARTIAL,
                Reports.published(),
                Reports.succeeded("FE", "codex", 0, 30_000),
                Reports.task(
                    "BE",
                    "codex",
                    TaskStatus.FAILED,
                    3,
                    "exit code 1",
                    "if (a < b) {\n  <script>alert(1)</script>\u001b[2J\n}")),
            TIMELINE);

    assertThat(html)
        .doesNotContain("<script", " src=", "<link", "url(", "@import")
        .doesNotContain("\u001b")
        .contains("  &lt;script&gt;alert(1)&lt;/script&gt;\\e[2J");
    assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
    compare("report.html", html);
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  private static void compare(String name, String actual) throws IOException {
    Path file = FOLDER.resolve(name);
    if (UPDATE) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
