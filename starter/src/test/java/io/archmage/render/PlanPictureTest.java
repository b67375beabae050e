package io.archmage.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.graph.EdgeReason;
import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.preview.PlanView;
import io.archmage.preview.PlanView.DependencyView;
import io.archmage.preview.PlanView.EstimateSource;
import io.archmage.preview.PlanView.TaskView;
import io.archmage.schedule.Limit;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** Drawings of plans whose texts try to be more than text. */
class PlanPictureTest {

  private static final List<String> HOSTILE =
      List.of(
          "end", "a\"]", "x]:::evil", "#quot;", "`**md**`", "A --> B", "%%{init: {}}%%", "1. item",
          "- item", "<script>alert(1)</script>", "</title></svg>", "' onload='x", "&amp;",
          "click t1 \"http://x\"", "a|b|c", "\u202eevil", "日本語", "😀", "$$x$$", "url(http://x)",
          "\\\"", "--", "x".repeat(200), "\ufffe", "];t9[", "\u0000\u001b[2J");

  private static final String LABEL = "((?:[\\p{L}\\p{Nd} .,:/_…-]|#\\d+;|<br/>)*)";
  private static final Pattern HEAD = Pattern.compile("  subgraph b(\\d+)\\[\"Batch \\1\"\\]");
  private static final Pattern NODE = Pattern.compile("    (t\\d+)\\[\"" + LABEL + "\"\\]");
  private static final Pattern EDGE =
      Pattern.compile("  (t\\d+) (?:-->|-\\.->)(?:\\|\"" + LABEL + "\"\\|)? (t\\d+)");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldWriteNothingButNodesAndEdgesForMermaid(long seed) {
    PlanView view = view(new Random(seed));

    List<String> lines = PlanMermaid.render(view).lines().toList();

    assertThat(lines.getFirst()).isEqualTo("flowchart LR");
    Set<String> nodes = new LinkedHashSet<>();
    boolean inBatch = false;
    int edges = 0;
    for (String line : lines.subList(1, lines.size())) {
      Matcher node = NODE.matcher(line);
      Matcher edge = EDGE.matcher(line);
      if (HEAD.matcher(line).matches()) {
        assertThat(inBatch).isFalse();
        inBatch = true;
      } else if (line.equals("  end")) {
        assertThat(inBatch).isTrue();
        inBatch = false;
      } else if (node.matches()) {
        assertThat(inBatch).isTrue();
        assertThat(nodes.add(node.group(1))).as(line).isTrue();
        assertThat(node.group(2)).as("seed " + seed).doesNotContainPattern("^(\\d+[.)]|[-+*]) ");
      } else {
        assertThat(edge.matches()).as("seed " + seed + ": " + line).isTrue();
        assertThat(inBatch).isFalse();
        assertThat(nodes).contains(edge.group(1), edge.group(3));
        edges++;
      }
    }
    assertThat(inBatch).isFalse();
    assertThat(nodes).hasSize(HOSTILE.size());
    assertThat(edges)
        .isEqualTo(view.tasks().stream().mapToInt(task -> task.dependsOn().size()).sum());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldWriteAPageThatNeedsAndRunsNothing(long seed) throws Exception {
    PlanView view = view(new Random(seed));

    Document page = parse(PlanHtml.render(view));

    NodeList elements = page.getElementsByTagName("*");
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      names.add(element.getTagName());
      NamedNodeMap attributes = element.getAttributes();
      for (int a = 0; a < attributes.getLength(); a++) {
        assertThat(attributes.item(a).getNodeName())
            .doesNotStartWith("on")
            .isNotIn("href", "src", "style");
        String value = attributes.item(a).getNodeValue();
        assertThat(value.contains("url(") && !value.equals("url(#tip)")).as(value).isFalse();
      }
    }
    assertThat(names)
        .isSubsetOf(
            "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "tr", "th",
            "td", "div", "svg", "g", "text", "rect", "path", "line", "defs", "marker");
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2);
    assertThat(page.getElementsByTagName("td").item(0).getTextContent()).isEqualTo("Makespan");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("<script>alert(1)</script>", "\\u0000\\e[2J")
        .doesNotContain("@import");
  }

  @Test
  void shouldDrawATimelineByItself() throws Exception {
    Document svg =
        parse(
            TimelineSvg.render(
                "A <run>",
                List.of(
                    bar("UI", TimelineSvg.Tone.SUCCEEDED, 0L, 1_000L, 3_000L, 4_000L),
                    bar("BE", TimelineSvg.Tone.FAILED, null, 0L, 2_000L, null),
                    bar("FE", TimelineSvg.Tone.RUNNING, null, 3_000L, null, null),
                    bar("QA", TimelineSvg.Tone.STOPPED, null, null, null, null)),
                5_000));

    assertThat(svg.getDocumentElement().getNamespaceURI()).isNull();
    assertThat(svg.getDocumentElement().getAttribute("xmlns"))
        .isEqualTo("http://www.w3.org/2000/svg");
    List<String> bars = new ArrayList<>();
    NodeList rectangles = svg.getElementsByTagName("rect");
    for (int i = 0; i < rectangles.getLength(); i++) {
      Element rectangle = (Element) rectangles.item(i);
      bars.add(rectangle.getAttribute("class") + " " + rectangle.getAttribute("width"));
    }
    assertThat(bars)
        .containsExactly(
            "waits 144", "succeeded 288", "merges 144", "failed 288", "running 288");
    NodeList ticks = svg.getElementsByTagName("line");
    assertThat(ticks.getLength()).isEqualTo(6);
  }

  @Test
  void shouldDrawAnEmptyTimeline() throws Exception {
    assertThat(parse(TimelineSvg.render("none", List.of(), 0)).getElementsByTagName("rect")
        .getLength()).isZero();
  }

  private static TimelineSvg.Bar bar(
      String label, TimelineSvg.Tone tone, Long ready, Long start, Long end, Long integrated) {
    return new TimelineSvg.Bar(label, "1.0 s", tone, ready, start, end, integrated);
  }

  /** The page is XML, too; a parser of XML forgives nothing. */
  private static Document parse(String text) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    parser.setErrorHandler(new DefaultHandler());
    return parser.parse(new InputSource(new StringReader(text)));
  }

  /** Tasks with hostile ids in a random order with random edges between batches of five. */
  private static PlanView view(Random random) {
    List<TaskView> tasks = new ArrayList<>();
    List<List<String>> batches = new ArrayList<>();
    for (int i = 0; i < HOSTILE.size(); i++) {
      List<DependencyView> on = new ArrayList<>();
      for (int before = 0; before < i / 5 * 5; before++) {
        if (random.nextInt(4) == 0) {
          on.add(
              new DependencyView(
                  HOSTILE.get(before),
                  random.nextBoolean() ? DependencyType.HARD : DependencyType.SOFT,
                  EdgeReason.values()[random.nextInt(EdgeReason.values().length)],
                  random.nextBoolean() ? null : HOSTILE.get(random.nextInt(HOSTILE.size()))));
        }
      }
      if (i % 5 == 0) {
        batches.add(new ArrayList<>());
      }
      batches.getLast().add(HOSTILE.get(i));
      tasks.add(
          new TaskView(
              HOSTILE.get(i),
              HOSTILE.get(random.nextInt(HOSTILE.size())),
              "codex",
              i / 5 + 1,
              i + 1,
              on,
              1_000,
              EstimateSource.PLAN,
              i * 500L,
              i * 1_000L,
              i * 1_000L + 1_000));
    }
    return new PlanView(
        "</title><script>", Execution.DAG, null, false, 4, 3,
        List.of(new PlanView.FamiliarView("codex", 3, tasks.size())), tasks, batches.size(),
        batches, List.of(), List.of(), List.of(), HOSTILE, 30_000, 20_000, null, 30_000, 1.0, 0.0,
        5, 1, HOSTILE,
        List.of(
            new PlanView.LimitView(Limit.Kind.FAMILIAR, HOSTILE.getFirst(), 3, 20_000, 10_000L)),
        new PlanView.Estimates(tasks.size(), 0, 0, 60_000), HOSTILE, List.of());
  }
}
