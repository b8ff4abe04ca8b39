package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of a container beside its life: that it has ended, what its bundle says. */
class EndedContainersTest extends WithContainers {
  @BeforeEach
  void start() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
  }

  private static Throwable failure(ThrowingCallable call) {
    try {
      call.call();
      return null;
    } catch (ExecutionException wrapped) {
      return wrapped.getCause();
    } catch (Throwable itself) {
      return itself.getCause() == null ? itself : itself.getCause();
    }
  }

  @Test
  void aContainerThatHasEndedIsKnownAndWhoStillAsksForItIsToldItsCode() throws Exception {
    Container ended = fixture.run(fixture.spec(true, false, "sh", "-c", "exit 5"));
    fixture.exit(ended);
    assertThat(fixture.thread.call(() -> fixture.containers.terminal(ended.id()))).isTrue();
    assertThat(failure(() -> fixture.thread.call(() -> fixture.containers.running(ended.id()))))
        .hasMessage("container has ended with exit code 5");
    assertThat(failure(() -> fixture.thread.call(() -> fixture.containers.terminal("never"))))
        .isInstanceOf(NoSuchContainerException.class);
  }

  @Test
  void stdinOnceOfABundleIsKnownOfItsContainer() throws Exception {
    CreateContainer spec = fixture.spec(false, true, "sleep", "100000");
    Path config = Path.of(spec.arguments().bundle(), "config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst(
                "\\{",
                "{\"annotations\":{\"io.kubernetes.cri-o.Stdin\":\"true\","
                    + "\"io.kubernetes.cri-o.StdinOnce\":\"true\"},"));
    Container container = fixture.create(spec);
    while (!fixture.thread.call(container::stdinOnce)) {
      Thread.onSpinWait();
    }
    Container other = fixture.create(fixture.spec(false, true, "sleep", "100000"));
    assertThat(fixture.thread.call(other::stdinOnce)).isFalse();
  }
}
