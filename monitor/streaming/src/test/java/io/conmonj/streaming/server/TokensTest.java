package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.streaming.AttachOptions;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.DetachKeys;
import io.conmonj.streaming.ExecOptions;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.memory.MemoryAccount;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final int LIMIT = 1000;
  private static final ExecRequest EXEC = new ExecRequest("c1", List.of("true"), TestServer.OUTPUT);

  private long now = Long.MAX_VALUE - 5;
  private final Tokens tokens =
      new Tokens(
          LIMIT,
          MemoryAccount.open("requests", 1024 * 1024, Runnable::run),
          Duration.ofMinutes(1).toNanos(),
          () -> now);

  @Test
  void aTokenIsRedeemedOnce() throws Exception {
    String token = tokens.issue(EXEC);
    assertThat(tokens.redeem(SessionKind.EXEC, token)).contains(EXEC);
    assertThat(tokens.redeem(SessionKind.EXEC, token)).isEmpty();
  }

  @Test
  void aTokenCannotBeRedeemedAfterAMinute() throws Exception {
    String first = tokens.issue(EXEC);
    String second = tokens.issue(EXEC);
    now += Duration.ofSeconds(60).toNanos();
    assertThat(tokens.redeem(SessionKind.EXEC, first)).isPresent();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(tokens.redeem(SessionKind.EXEC, second)).isEmpty();
  }

  @Test
  void aTokenOfAnotherKindIsNotRedeemedAndGone() throws Exception {
    String token = tokens.issue(EXEC);
    assertThat(tokens.redeem(SessionKind.PORT_FORWARD, token)).isEmpty();
    assertThat(tokens.redeem(SessionKind.EXEC, token)).isEmpty();
    String attach = tokens.issue(new AttachRequest("c1", TestServer.OUTPUT));
    assertThat(tokens.redeem(SessionKind.EXEC, attach)).isEmpty();
  }

  @Test
  void theOneAboveTheLimitIsRefusedUntilOneIsRedeemed() throws Exception {
    String first = tokens.issue(EXEC);
    for (int i = 1; i < LIMIT; i++) {
      tokens.issue(EXEC);
    }
    assertThatExceptionOfType(TooManyTokensException.class).isThrownBy(() -> tokens.issue(EXEC));
    assertThat(tokens.redeem(SessionKind.EXEC, first)).as("nothing was evicted").isPresent();
    assertThat(tokens.issue(EXEC)).isNotEmpty();
  }

  @Test
  void expiredTokensMakeRoom() throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      tokens.issue(EXEC);
    }
    now += Duration.ofSeconds(61).toNanos();
    assertThat(tokens.issue(EXEC)).isNotEmpty();
  }

  @Test
  void tokensAreUrlSafeOfAtLeast128BitsAndDifferent() throws Exception {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < LIMIT; i++) {
      String token = tokens.issue(EXEC);
      assertThat(token).matches("[A-Za-z0-9_-]{22,}");
      assertThat(seen.add(token)).isTrue();
    }
  }

  @Test
  void tokensOfAnotherServerAreRedeemedOnceAndAsLongAsThere() throws Exception {
    Stdio terminal = TestServer.TERMINAL;
    ExecRequest exec =
        new ExecRequest(
            "c1",
            List.of("sh", "-c", "echo \u00fc"),
            terminal,
            new ExecOptions(
                List.of("A=1"),
                Optional.of("/tmp"),
                Optional.of("1:2"),
                List.of(3, 4),
                Optional.of(new TerminalSize(80, 24)),
                Optional.of(DetachKeys.parse("ctrl-p,q"))));
    AttachRequest attach =
        new AttachRequest(
            "c2",
            terminal,
            new AttachOptions(5, true, Optional.of(DetachKeys.parse("ctrl-@,ctrl-[,ctrl-_,A"))));
    PortForwardRequest forward = new PortForwardRequest("pod", List.of(80, 443));
    String first = tokens.issue(EXEC);
    now += Duration.ofSeconds(30).toNanos();
    String[] others = {tokens.issue(exec), tokens.issue(attach), tokens.issue(forward)};
    StateWriter out = new StateWriter();
    tokens.freeze(out);
    MemoryAccount memory = MemoryAccount.open("requests", 1024 * 1024, Runnable::run);
    Tokens elsewhere = new Tokens(LIMIT, memory, Duration.ofMinutes(1).toNanos(), () -> now);
    elsewhere.thaw(new StateReader(out.written(), Map.of()));
    assertThat(elsewhere.outstanding()).isEqualTo(4);
    now += Duration.ofSeconds(31).toNanos();
    assertThat(elsewhere.redeem(SessionKind.EXEC, first)).isEmpty();
    // Detach keys are equal if their text is.
    assertThat(elsewhere.redeem(SessionKind.EXEC, others[0]).orElseThrow())
        .hasToString(exec.toString());
    assertThat(elsewhere.redeem(SessionKind.ATTACH, others[1]).orElseThrow())
        .hasToString(attach.toString());
    assertThat(elsewhere.redeem(SessionKind.PORT_FORWARD, others[2])).contains(forward);
    assertThat(elsewhere.redeem(SessionKind.PORT_FORWARD, others[2])).isEmpty();
    assertThat(memory.held()).isZero();
  }
}
