package io.conmonj.it.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoriesTest {
  private static final LocalDate JAVA_CAME_OUT = LocalDate.of(2026, 4, 21);
  private static final LocalDate SOON_AFTER = LocalDate.of(2026, 5, 1);

  @TempDir Path bills;
  private final AtomicReference<String> question = new AtomicReference<>();
  private String answer = "{\"results\":[{},{}]}";
  private HttpServer database;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(
        bills.resolve("monitor.cdx.json"),
        """
        {"components": [
          {"type": "library", "group": "io.conmonj", "purl": "pkg:maven/io.conmonj/x@1?type=jar"},
          {"type": "library", "group": "org", "purl": "pkg:maven/org/a@1.2?type=jar"},
          {"type": "library", "group": "org", "purl": "pkg:maven/org/b@3?classifier=n&type=jar"}]}
        """);
    Files.writeString(
        bills.resolve("runtime.cdx.json"),
        """
        {"components": [{"type": "platform", "name": "Java", "version": "25",
          "properties": [{"name": "conmonj:date", "value": "%s"}]}]}
        """
            .formatted(JAVA_CAME_OUT));
    database = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    database.createContext(
        "/v1/querybatch",
        exchange -> {
          question.set(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    database.start();
  }

  @AfterEach
  void stop() {
    database.stop(0);
  }

  @Test
  void allThatIsShippedIsAskedForAndNothingOfOurs() throws Exception {
    assertThat(check(SOON_AFTER)).isZero();
    assertThat(question.get())
        .isEqualTo(
            "{\"queries\":[{\"package\":{\"purl\":\"pkg:maven/org/a@1.2\"}},"
                + "{\"package\":{\"purl\":\"pkg:maven/org/b@3\"}}]}");
  }

  @Test
  void whatIsKnownOfALibraryFailsTheCheck() throws Exception {
    answer = "{\"results\":[{},{\"vulns\":[{\"id\":\"GHSA-1\"}]}]}";
    assertThat(check(SOON_AFTER)).isEqualTo(1);
  }

  @Test
  void aJavaThatMissedAnUpdateFailsTheCheck() throws Exception {
    assertThat(check(LocalDate.of(2026, 8, 15))).isEqualTo(1);
  }

  @Test
  void noDatabaseIsNotAGoodAnswer() throws Exception {
    database.stop(0);
    assertThat(check(SOON_AFTER)).isEqualTo(2);
  }

  @Test
  void halfAnAnswerIsNotAGoodAnswer() throws Exception {
    answer = "{\"results\":[{}]}";
    assertThat(check(SOON_AFTER)).isEqualTo(2);
  }

  private int check(LocalDate today) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + database.getAddress().getPort());
    return Advisories.check(bills, address, today);
  }
}
