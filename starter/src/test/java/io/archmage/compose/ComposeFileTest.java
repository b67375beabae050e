package io.archmage.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.DocumentReading;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.Scalar;
import io.archmage.plan.document.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be said of docker-compose.yml and the Dockerfile without Docker. */
class ComposeFileTest {

  private static final Path ROOT = Path.of("..");

  /** A worker's own limit for its stop, with room for the JVM's end. */
  private static final Duration LEAST_GRACE = Duration.ofSeconds(20);

  private final Map<String, Mapping> services = new TreeMap<>();

  @BeforeEach
  void read() throws IOException {
    DocumentReading reading =
        DocumentReader.read(
            Files.readAllBytes(ROOT.resolve("docker-compose.yml")), DocumentSyntax.YAML);
    assertThat(reading).isInstanceOf(DocumentReading.Parsed.class);
    Mapping root = ((DocumentReading.Parsed) reading).root();
    mapping(root, "services").entries()
        .forEach(entry -> services.put(entry.key(), (Mapping) entry.value()));
    assertThat(services).containsKeys("postgresql", "temporal", "temporal-ui", "worker");
  }

  private static Node value(Mapping mapping, String key) {
    return mapping.entries()
        .stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + key + " at " + mapping.position()))
        .value();
  }

  private static Mapping mapping(Mapping mapping, String key) {
    return (Mapping) value(mapping, key);
  }

  private static String text(Node node) {
    return ((Scalar) node).text();
  }

  private static List<String> texts(Mapping mapping, String key) {
    return mapping.has(key)
        ? ((Sequence) value(mapping, key)).items().stream().map(ComposeFileTest::text).toList()
        : List.of();
  }

  private static boolean endsByItself(Mapping service) {
    return text(value(service, "restart")).equals("on-failure");
  }

  @Test
  void shouldPinEveryImage() throws IOException {
    List<String> images = new ArrayList<>();
    services.values().forEach(service -> images.add(text(value(service, "image"))));
    Matcher from = Pattern.compile("(?m)^FROM (\\S+)").matcher(dockerfile());
    while (from.find()) {
      images.add(from.group(1));
    }
    assertThat(images)
        .hasSizeGreaterThan(services.size())
        .allMatch(image -> image.matches("[a-z/-]+:\\d+(\\.\\d+)+\\S*|[a-z/-]+:\\d+\\.\\d+\\S*"));
  }

  @Test
  void shouldListenOnThisMachineOnly() {
    List<String> ports =
        services.values().stream().flatMap(service -> texts(service, "ports").stream()).toList();

    assertThat(ports).hasSize(2).allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(texts(services.get("postgresql"), "ports")).isEmpty();
  }

  @Test
  void shouldWatchAndRestartWhatStaysAndWaitForWhatItNeeds() {
    services.forEach(
        (name, service) -> {
          assertThat(service.has("restart")).as(name).isTrue();
          if (!endsByItself(service)) {
            assertThat(text(value(service, "restart"))).as(name).isEqualTo("unless-stopped");
            assertThat(service.has("healthcheck")).as(name).isTrue();
          }
          if (service.has("depends_on")) {
            for (Mapping.Entry needed : mapping(service, "depends_on").entries()) {
              assertThat(text(value((Mapping) needed.value(), "condition")))
                  .as(name + " needs " + needed.key())
                  .isEqualTo(
                      endsByItself(services.get(needed.key()))
                          ? "service_completed_successfully"
                          : "service_healthy");
            }
          }
        });
  }

  @Test
  void shouldLetWorkersStopInPeaceAndReapWhatTheyLeave() {
    Mapping worker = services.get("worker");
    String grace = text(value(worker, "stop_grace_period"));

    assertThat(Duration.parse("PT" + grace)).isGreaterThanOrEqualTo(LEAST_GRACE);
    assertThat(text(value(worker, "init"))).isEqualTo("true");
    assertThat(worker.has("container_name")).as("it can be scaled").isFalse();
  }

  @Test
  void shouldGiveAllWorkersOneHostNameStateAndRepository() {
    Mapping worker = services.get("worker");

    assertThat(texts(worker, "command"))
        .contains("--host=compose", "--repo=/srv/repositories/project.git");
    assertThat(texts(worker, "volumes"))
        .contains("repositories:/srv/repositories", "state:/var/lib/archmage");
  }

  @Test
  void shouldHoldNoSecret() throws IOException {
    String text = Files.readString(ROOT.resolve("docker-compose.yml"));
    Matcher secret = Pattern.compile("(?m)^ *\\w*(?:PASSWORD|PWD|KEY): *(\\S.*)$").matcher(text);
    int found = 0;
    while (secret.find()) {
      found++;
      assertThat(secret.group(1)).startsWith("${");
    }
    assertThat(found).isGreaterThanOrEqualTo(6);
    assertThat(Files.readString(ROOT.resolve(".gitignore")).lines()).contains("/.env");
    assertThat(Files.readString(ROOT.resolve("compose/env.example")).lines())
        .contains("POSTGRES_PASSWORD=");
  }

  @Test
  void shouldNameOnlyFilesThatAreThere() throws IOException {
    for (Map.Entry<String, Mapping> service : services.entrySet()) {
      if (service.getValue().has("build")) {
        Path context = ROOT.resolve(text(value(service.getValue(), "build")));
        assertThat(context.resolve("Dockerfile")).as(service.getKey()).isRegularFile();
      }
      texts(service.getValue(), "volumes").stream()
          .filter(volume -> volume.startsWith("."))
          .forEach(
              volume -> assertThat(ROOT.resolve(volume.substring(0, volume.indexOf(':'))))
                  .as(service.getKey())
                  .isRegularFile());
    }
    List<String> ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
    Matcher copy = Pattern.compile("(?m)^COPY (?!--from)(.+) \\S+$").matcher(dockerfile());
    int copied = 0;
    while (copy.find()) {
      for (String source : copy.group(1).split(" ")) {
        copied++;
        assertThat(ROOT.resolve(source)).exists();
        assertThat(ignored).contains("!" + source);
      }
    }
    assertThat(copied).isGreaterThanOrEqualTo(6);
  }

  @Test
  void shouldNotRunAsRootAndNotDependOnTheJdkThatBuilds() throws IOException {
    String last = dockerfile().substring(dockerfile().lastIndexOf("FROM "));

    assertThat(last).contains("\nUSER archmage\n").contains("git procps");
    assertThat(last.substring(last.indexOf("USER archmage"))).doesNotContain("RUN ");
  }

  private static String dockerfile() throws IOException {
    return Files.readString(ROOT.resolve("Dockerfile"));
  }
}
