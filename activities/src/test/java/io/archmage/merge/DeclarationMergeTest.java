package io.archmage.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import io.archmage.git.GitPaths;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.FileConflict.Kind;
import io.archmage.merge.MergeOutcome.Conflicted;
import io.archmage.merge.MergeOutcome.Merged;
import io.archmage.plan.MergeRules;
import io.archmage.structural.Clash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attempts that change one file, in a real repository. */
class DeclarationMergeTest extends MergeFixture {

  private static final String SHOP =
      "import a.A;\n\nclass Shop {\n  int one() {\n    return 1;\n  }\n\n"
          + "  int two() {\n    return 2;\n  }\n}\n";

  @BeforeEach
  void addShop() {
    user.write("src/Shop.java", SHOP).write("tools.py", "run(1)\n");
    CommitId shop = user.commit("shop");
    repository.refs().update(REFS.branch(), shop, base);
    base = shop;
  }

  private CommitId edit(String task, String text) {
    return attempt(task, base, () -> bench.write("src/Shop.java", text));
  }

  private IntegrationRequest smart(String task, CommitId attempt, MergeRules rules) {
    IntegrationRequest plain = request(task, attempt, base);
    return new IntegrationRequest(
        plain.refs(),
        plain.attempt(),
        plain.base(),
        plain.knownHead(),
        plain.description(),
        plain.trailers(),
        plain.author(),
        plain.when(),
        plain.protectedPaths(),
        plain.approved(),
        Optional.of(rules));
  }

  private MergeOutcome integrateSmart(String task, CommitId attempt) {
    return new Integrator(repository).integrate(smart(task, attempt, MergeRules.DEFAULT));
  }

  private String read(CommitId commit, String path) {
    return GitPaths.display(repository.objects().readFile(commit, path).orElseThrow());
  }

  private static String with(String importing, String function) {
    return SHOP.replace("import a.A;", "import a.A;\nimport " + importing + ";")
        .replaceAll(
            "}\n$", "\n  int " + function + "() {\n    return 3;\n  }\n}\n");
  }

  @Test
  void shouldMergeByDeclarationsWhereLinesConflict() {
    CommitId one = edit("one", with("a.B", "left"));
    CommitId two =
        attempt(
            "two",
            base,
            () -> bench.write("src/Shop.java", with("a.C", "right")).write("new.txt", "new\n"));
    integrateSmart("one", one);

    Merged merged = (Merged) integrateSmart("two", two);

    assertThat(merged.how()).isEqualTo(MergeHow.STRUCTURAL);
    assertThat(merged.structural()).containsExactly("src/Shop.java");
    assertThat(merged.files()).containsExactly("new.txt", "src/Shop.java");
    assertThat(head()).isEqualTo(merged.head());
    assertThat(read(merged.head(), "src/Shop.java"))
        .startsWith("import a.A;\nimport a.B;\nimport a.C;\n")
        .contains("int left()", "int right()")
        .doesNotContain("<<<<");
    String message = repository.objects().parse(merged.head()).getFullMessage();
    assertThat(TaskTrailers.values(message))
        .containsEntry("Structural", "src/Shop.java")
        .containsKey("Merger");
    assertThat(TaskTrailers.parse(message)).contains(trailers("two"));
    assertThat(user.git("fsck", "--strict", "--no-dangling")).isEmpty();
    assertThat(integrateSmart("two", two)).as("asked again").isEqualTo(merged);
  }

  @Test
  void shouldGiveTheSameTreeForTheSameInputs() {
    CommitId one = edit("one", with("a.B", "left"));
    CommitId two = edit("two", with("a.C", "right"));
    var first = new DeclarationMerge(repository, Optional.of(MergeRules.DEFAULT));
    var second = new DeclarationMerge(repository, Optional.of(MergeRules.DEFAULT));
    assertThat(first.merge(base, one, two)).isEqualTo(second.merge(base, one, two));
  }

  @Test
  void shouldNameTheFunctionThatBothChanged() {
    integrateSmart("one", edit("one", SHOP.replace("return 1", "return 10")));
    CommitId two = edit("two", SHOP.replace("return 1", "return 11"));

    Conflicted conflicted = (Conflicted) integrateSmart("two", two);

    FileConflict conflict = conflicted.conflicts().getFirst();
    assertThat(conflict.path()).isEqualTo("src/Shop.java");
    assertThat(conflict.ours().task()).contains("one");
    assertThat(conflict.clashes())
        .containsExactly(
            new Clash(Clash.Kind.SAME_FUNCTION, "both changed function Shop.one"));
    assertThat(conflict.isSerial()).isTrue();
  }

  @Test
  void shouldNameTheFunctionWithoutASmartMergeToo() {
    integrate("one", edit("one", SHOP.replace("return 1", "return 10")), base);
    CommitId two = edit("two", SHOP.replace("return 1", "return 11"));
    assertThat(((Conflicted) integrate("two", two, base)).conflicts().getFirst().clashes())
        .containsExactly(
            new Clash(Clash.Kind.SAME_FUNCTION, "both changed function Shop.one"));
  }

  @Test
  void shouldStopWhatMergesByLinesAndIsWrong() {
    String three = "  int three() {\n    return %d;\n  }\n";
    integrate(
        "one",
        edit("one", SHOP.replace("class Shop {\n", "class Shop {\n" + three.formatted(3) + "\n")),
        base);
    CommitId two = edit("two", SHOP.replaceAll("}\n$", "\n" + three.formatted(33) + "}\n"));

    Conflicted conflicted = (Conflicted) integrate("two", two, base);

    assertThat(conflicted.conflicts()).extracting(FileConflict::kind)
        .containsExactly(Kind.DECLARATIONS);
    assertThat(conflicted.conflicts().getFirst().clashes())
        .extracting(Clash::message)
        .containsExactly("both added function Shop.three");
  }

  @Test
  void shouldStopWhereOnlyOneOfTwoFilesMerges() {
    CommitId one =
        attempt(
            "one",
            base,
            () -> bench.write("src/Shop.java", with("a.B", "left")).write("tools.py", "run(2)\n"));
    CommitId two =
        attempt(
            "two",
            base,
            () -> bench.write("src/Shop.java", with("a.C", "right")).write("tools.py", "run(3)\n"));
    integrateSmart("one", one);
    Conflicted conflicted = (Conflicted) integrateSmart("two", two);
    assertThat(conflicted.conflicts()).extracting(FileConflict::path).containsExactly("tools.py");
    assertThat(conflicted.conflicts().getFirst().isSerial()).isFalse();
    assertThat(head()).isEqualTo(one);
  }

  @Test
  void shouldAskBeforeItAppliesWhereThatIsSaid() {
    MergeRules d = MergeRules.DEFAULT;
    MergeRules asking =
        new MergeRules(
            d.sameFunction(),
            d.differentFunctions(),
            d.imports(),
            d.types(),
            MergeRules.Resolutions.ASK,
            null);
    integrateSmart("one", edit("one", with("a.B", "left")));
    CommitId two = edit("two", with("a.C", "right"));
    assertThat(
        ((Conflicted) new Integrator(repository).integrate(smart("two", two, asking)))
            .conflicts())
        .extracting(FileConflict::kind)
        .containsExactly(Kind.RESOLVABLE);
  }

  @Test
  void shouldLeaveFilesWithAMergeAttributeAlone() {
    user.write(".gitattributes", "*.java -merge\n");
    CommitId attributes = user.commit("attributes");
    repository.refs().update(REFS.branch(), attributes, base);
    base = attributes;
    integrateSmart("one", edit("one", with("a.B", "left")));
    CommitId two = edit("two", with("a.C", "right"));
    assertThat(integrateSmart("two", two)).isInstanceOf(Conflicted.class);
  }

  @Test
  void shouldKeepTheModeThatOneSideChanged() {
    CommitId one = edit("one", with("a.B", "left"));
    CommitId two =
        attempt(
            "two",
            base,
            () -> {
              bench.write("src/Shop.java", with("a.C", "right"));
              bench.path("src/Shop.java").toFile().setExecutable(true);
            });
    integrateSmart("one", one);
    integrateSmart("two", two);
    assertThat(user.git("ls-tree", REFS.branch(), "src/Shop.java")).startsWith("100755");
  }

  @Test
  void shouldSayWhichFileItCouldNotLookInto() {
    String broken = SHOP.replace("class Shop {", "class Shop {{");
    CommitId start = attempt("start", base, () -> bench.write("src/Shop.java", broken));
    repository.refs().update(REFS.branch(), start, base);
    base = start;
    integrateSmart("one", edit("one", broken.replace("import a.A", "import a.B")));
    CommitId two = edit("two", broken.replace("return 2", "return 20"));
    assertThat(((Merged) integrateSmart("two", two)).unchecked())
        .isEqualTo(List.of("src/Shop.java: it does not parse as Java"));
  }
}
