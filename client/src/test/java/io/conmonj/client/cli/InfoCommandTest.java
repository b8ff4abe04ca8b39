package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InfoCommandTest extends CommandFixture {
  @Test
  void printsWhatTheMonitorIsHowMuchOfItsBudgetIsInUseAndWhatHasWokenIt() {
    assertThat(tool.run("info")).isZero();
    assertThat(tool.out())
        .isEqualTo(
            """
            Version:      1.2.3
            Process:      4711
            Started:      2023-11-14T22:13:20Z
            Directory:    /run/pod
            Containers:   1
            Asleep:       12 times, 3 h 2 min in all
            Woken last:   by call

            SESSIONS   CONNECTED   LIMIT
            all        2           256
            exec       2           192

            MEMORY     HELD    LIMIT
            output     0       10485760
            sessions   65536   12582912

            WOKEN BY   TIMES
            output     11
            call       1
            """);
  }

  @Test
  void printsItAsJson() {
    assertThat(tool.run("info", "-o", "json")).isZero();
    assertThat(tool.out())
        .isEqualTo(
            "{\"version\":\"1.2.3\",\"processId\":4711,\"started\":\"2023-11-14T22:13:20.123Z\","
                + "\"runtimeDir\":\"/run/pod\",\"runtime\":\"\","
                + "\"runtimeRoot\":\"\",\"containers\":[{\"id\":\"box\",\"processId\":4712}],"
                + "\"sessions\":[{\"kind\":\"all\",\"connected\":2,\"limit\":256},"
                + "{\"kind\":\"exec\",\"connected\":2,\"limit\":192}],"
                + "\"memory\":[{\"name\":\"output\",\"heldBytes\":0,\"limitBytes\":10485760},"
                + "{\"name\":\"sessions\",\"heldBytes\":65536,\"limitBytes\":12582912}],"
                + "\"sleeps\":12,\"asleepMillis\":10954321,\"wokenBy\":["
                + "{\"cause\":\"output\",\"times\":11},{\"cause\":\"call\",\"times\":1}],"
                + "\"lastWokenBy\":\"call\"}\n");
  }

  @Test
  void ofAMonitorThatHasNeverSleptNothingIsToldOfSleep() {
    fake.neverSleeps();
    assertThat(tool.run("info")).isZero();
    assertThat(tool.out()).doesNotContain("Asleep").doesNotContainIgnoringCase("woken");
  }

  @Test
  void aMonitorThatRefusesIsTold() {
    fake.failWith("not now");
    assertThat(tool.run("info")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).isEqualTo("error: ask what the monitor is: not now\n");
  }
}
