package io.archmage.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.archmage.config.NotifySettings;
import io.archmage.contract.Notice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NotificationTest {

  private static final Notice NOTICE =
      new Notice(
          "run-1",
          "B",
          "do B",
          "conflict",
          "conflict: a.txt",
          Instant.EPOCH,
          "/repo",
          "archmage/run-1",
          List.of("git diff"),
          List.of("archmage resolve run-1 B --ours"));

  @TempDir
  private Path directory;

  private Notification command(Map<String, String> worker, String script) {
    return new Notification(
        new NotifySettings(
            List.of("sh", "-c", script), Map.of("TOKEN", "<${env:SECRET}>"), null),
        directory,
        worker);
  }

  private Notification webhook(String address) {
    return new Notification(
        new NotifySettings(List.of(), Map.of(), address), directory, Map.of("KEY", "s3cret"));
  }

  @Test
  void shouldGiveTheNoticeToACommandWithNoMoreOfTheEnvironmentThanItNames() throws Exception {
    command(Map.of("SECRET", "x"), "cat >notice; env >environment; pwd >where").run(NOTICE);

    assertThat(Files.readString(directory.resolve("notice")))
        .isEqualTo(
            "{\"run_id\":\"run-1\",\"task\":\"B\",\"title\":\"do B\",\"kind\":\"conflict\","
                + "\"reason\":\"conflict: a.txt\",\"since\":\"1970-01-01T00:00:00Z\","
                + "\"repository\":\"/repo\",\"branch\":\"archmage/run-1\",\"look\":[\"git diff\"],"
                + "\"answers\":[\"archmage resolve run-1 B --ours\"]}");
    assertThat(Files.readAllLines(directory.resolve("environment")))
        .contains("TOKEN=<x>")
        .extracting(line -> line.replaceFirst("=.*", ""))
        .isSubsetOf(
            "TOKEN", "PATH", "HOME", "LANG", "TERM", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_");
    assertThat(Path.of(Files.readString(directory.resolve("where")).strip()).toRealPath())
        .isEqualTo(directory.toRealPath());
  }

  @Test
  void shouldSayWhyACommandFailed() {
    assertThatThrownBy(() -> command(Map.of(), "echo a >&2; echo no line >&2; exit 3").run(NOTICE))
        .isInstanceOf(IOException.class)
        .hasMessage("sh ended with exit code 3: no line");
  }

  @Test
  void shouldPostToTheWebhookAndKeepItsAddressSecret() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    CompletableFuture<String> posted = new CompletableFuture<>();
    server.createContext(
        "/s3cret/good",
        exchange -> {
          posted.complete(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      String host = server.getAddress().getAddress().getHostAddress();
      String root = "http://" + host + ":" + server.getAddress().getPort();
      webhook(root + "/${env:KEY}/good").post(NOTICE);

      assertThat(posted.get(10, TimeUnit.SECONDS))
          .startsWith("POST application/json {\"run_id\":\"run-1\",");
      assertThatThrownBy(() -> webhook(root + "/${env:KEY}/bad").post(NOTICE))
          .isInstanceOf(IOException.class)
          .hasMessage("the webhook at " + host + " answers 404");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void shouldRefuseAnAddressThatIsNoneOnceFilledIn() {
    assertThatThrownBy(() -> webhook("${env:KEY}").post(NOTICE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no web address")
        .hasMessageNotContaining("s3cret");
  }
}
