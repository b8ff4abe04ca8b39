package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionsCommandTest extends CommandFixture {
  @Test
  void listsSessionsInColumns() {
    assertThat(tool.run("sessions")).isZero();
    assertThat(tool.out())
        .isEqualTo(
            """
            ID   KIND           TARGET         PROTOCOL                      CLIENT      SINCE                  RECEIVED   SENT
            3    exec           box            SPDY/3.1 v4.channel.k8s.io    gone        2023-11-14T22:13:20Z   5          5000000000
            12   port-forward   /run/netns/a   SPDY/3.1+portforward.k8s.io   connected   2023-11-14T22:13:21Z   0          0
            """);
  }

  @Test
  void listsSessionsAsJson() {
    assertThat(tool.run("sessions", "-o", "json")).isZero();
    assertThat(tool.out())
        .startsWith(
            "{\"sessions\":[{\"id\":3,\"kind\":\"exec\",\"target\":\"box\","
                + "\"protocol\":\"SPDY/3.1 v4.channel.k8s.io\","
                + "\"connected\":false,\"since\":\"2023-11-14T22:13:20.123Z\","
                + "\"receivedBytes\":5,\"sentBytes\":5000000000},{\"id\":12,")
        .endsWith("]}\n");
  }

  @Test
  void endsASession() {
    assertThat(tool.run("sessions", "--end", "12")).isZero();
    assertThat(fake.requests()).containsExactly("endSession 12");
    assertThat(tool.out()).isEmpty();
  }

  @Test
  void aSessionThatIsNotThereIsTold() {
    fake.failWith("there is no session 12");
    assertThat(tool.run("sessions", "--end", "12")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).isEqualTo("error: end session 12: there is no session 12\n");
  }

  @Test
  void aSessionNumberThatIsNoneIsAUsageError() {
    assertThat(tool.run("sessions", "--end", "x")).isEqualTo(ExitCodes.USAGE);
    assertThat(fake.requests()).isEmpty();
  }
}
