package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.memory.MemoryAccount;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
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
}
