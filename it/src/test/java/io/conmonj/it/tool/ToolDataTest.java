package io.conmonj.it.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that go through the tool arrive as they were, or somebody is told. */
@Timeout(300)
@NeedsContainers
class ToolDataTest {
  @TempDir private static Path directory;
  private static BusyboxPod pod;
  private static String id;

  @BeforeAll
  static void start() throws Exception {
    pod = BusyboxPod.startQuietly(directory.resolve("pod"));
    id = pod.container("sleep", "1000").run().id();
  }

  @AfterAll
  static void stop() throws Exception {
    pod.close();
  }

  private static ToolRun run(String script) throws Exception {
    return ToolRun.of(directory, pod.monitor().runtimeDir(), script, id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LC_ALL=no_WHERE", "env -u LC_ALL -u LANG"})
  void everyLetterArrivesWhateverTheLocale(String locale) throws Exception {
    assertThat(run(locale + " $tool exec -e 'V=ä漢🎉' $1 sh -c 'echo $V $0' 'ü字🎈'"))
        .isEqualTo(new ToolRun(0, "ä漢🎉 ü字🎈\n", ""));
  }

  @Test
  void anArgumentThatIsNotUtf8IsNamedAndNothingIsRun() throws Exception {
    assertThat(run("$tool exec $1 echo $'a\\xffb'"))
        .isEqualTo(new ToolRun(125, "", "error: 'a\\xffb' is not UTF-8\n"));
    assertThat(run("CONMONJ_RUNTIME_DIR=$'/\\xe4' $tool version --client"))
        .isEqualTo(new ToolRun(2, "", "error: 'CONMONJ_RUNTIME_DIR=/\\xe4' is not UTF-8\n"));
  }

  @Test
  void closedStandardInputIsNoInputWhicheverOthersAreClosed() throws Exception {
    String count = "$tool exec -i $1 sh -c 'wc -c >/tmp/count'";
    String shown = "; $tool exec $1 cat /tmp/count";
    for (String closed : new String[] {"<&-", "<&- >&-", "<&- 2>&-", "<&- >&- 2>&-"}) {
      assertThat(run(count + " " + closed + shown))
          .describedAs(closed)
          .isEqualTo(new ToolRun(0, "0\n", ""));
    }
  }

  @Test
  void aFullDiskBehindStandardOutputIsNamed() throws Exception {
    String full = "error: write standard output: No space left on device\n";
    assertThat(run("$tool exec $1 echo x >/dev/full")).isEqualTo(new ToolRun(125, "", full));
    assertThat(run("$tool version >/dev/full")).isEqualTo(new ToolRun(1, "", full));
    assertThat(run("$tool --help >/dev/full")).isEqualTo(new ToolRun(1, "", full));
  }

  @Test
  void aReaderThatHasSeenEnoughEndsItQuietly() throws Exception {
    assertThat(run("$tool exec $1 seq 1000000 | head -n 1; exit ${PIPESTATUS[0]}"))
        .isEqualTo(new ToolRun(141, "1\n", ""));
  }

  @Test
  void outputThatTheAnswerOfExecSyncHasNoRoomForIsSaidToBeCut() throws Exception {
    ToolRun run =
        run(
            "$tool exec-sync $1 dd if=/dev/zero bs=1M count=17 2>&1 >/dev/null | tail -1;"
                + " exit ${PIPESTATUS[0]}");
    assertThat(run.code()).isEqualTo(123);
    assertThat(run.out()).contains("the output is cut");
  }

  @Test
  void aCommandOnATerminalKnowsItsKind() throws Exception {
    assertThat(run("TERM=vt220 $tool exec -t $1 sh -c 'echo $TERM'"))
        .isEqualTo(new ToolRun(0, "vt220\r\n", ""));
    assertThat(run("TERM=vt220 $tool exec -t -e TERM=dumb $1 sh -c 'echo $TERM'").out())
        .isEqualTo("dumb\r\n");
  }
}
