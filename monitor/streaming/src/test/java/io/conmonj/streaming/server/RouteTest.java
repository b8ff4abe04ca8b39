package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.StreamingLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

  @Test
  void aRouteIsAKindAndAToken() {
    assertThat(Route.of("/exec/abc", "")).contains(new Route(SessionKind.EXEC, "abc"));
    assertThat(Route.of("/attach/abc?x=/1", "")).contains(new Route(SessionKind.ATTACH, "abc"));
    assertThat(Route.of("/cri/portforward/abc", "/cri"))
        .contains(new Route(SessionKind.PORT_FORWARD, "abc"));
  }

  @Test
  void aTargetInAbsoluteFormIsTheSame() {
    assertThat(Route.of("http://node:10250/exec/abc", ""))
        .contains(new Route(SessionKind.EXEC, "abc"));
    assertThat(Route.of("HTTPS://[::1]:1/cri/attach/abc?x=http://y/exec/z", "/cri"))
        .contains(new Route(SessionKind.ATTACH, "abc"));
    assertThat(Route.of("http://node", "")).isEmpty();
    assertThat(Route.of("http://exec/abc", "")).isEmpty();
    assertThat(Route.of("ftp://node/exec/abc", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/exec", "/exec/", "/exec/a/b", "/Exec/a", "/x/exec/a", "*"})
  void nothingElseIsARoute(String path) {
    assertThat(Route.of(path, "")).isEmpty();
  }

  @Test
  void aTokenDoesNotAppearInText() {
    assertThat(new Route(SessionKind.EXEC, "secret").toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://node:1/cri", "http://node:1/cri/"})
  void theBaseUrlsPathIsThePrefix(String base) {
    StreamingConfig config =
        new StreamingConfig(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.of(URI.create(base)),
            StreamingLimits.DEFAULT);
    assertThat(config.pathPrefix()).isEqualTo("/cri");
  }
}
