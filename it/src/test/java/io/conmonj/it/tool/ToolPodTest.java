package io.conmonj.it.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.Runc;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pods that are begun and ended by the tool. */
@Timeout(300)
@NeedsContainers
class ToolPodTest {
  @TempDir private Path directory;
  private final String id = "conmonj-tool-" + ProcessHandle.current().pid();

  private Path run() {
    return directory.resolve("run");
  }

  private Runc runc() {
    return new Runc(Runc.find(), directory.resolve("root"));
  }

  private ToolRun tool(String script) throws Exception {
    return ToolRun.of(directory, run(), script, id, runc().root().toString(), directory.toString());
  }

  private void bundles(int count, String command) {
    for (int i = 1; i <= count; i++) {
      BusyboxBundle.create(directory.resolve("bundle" + i), false, List.of(command, "1000"));
    }
  }

  @AfterEach
  void stop() throws Exception {
    tool("$tool stop");
    for (String each : runc().list()) {
      runc().delete(each);
    }
  }

  @Test
  void fourRunsAtOnceInAFreshDirectoryAllSucceed() throws Exception {
    bundles(4, "sleep");
    ToolRun all =
        tool(
            "for i in 1 2 3 4; do $tool --runtime-root $2 run $1-$i $3/bundle$i & p[$i]=$!; done;"
                + " c=0; for i in 1 2 3 4; do wait ${p[$i]} || c=1; done; exit $c");
    assertThat(all.err()).isEmpty();
    assertThat(all.code()).isZero();
    assertThat(runc().list()).hasSize(4);
  }

  @Test
  void aRuntimeOrRootThatIsNotTheMonitorsIsRefusedWithBothNamed() throws Exception {
    bundles(2, "sleep");
    assertThat(tool("$tool --runtime-root $2 run $1-1 $3/bundle1").code()).isZero();
    assertThat(tool("$tool --runtime-root $3/other run $1-2 $3/bundle2"))
        .isEqualTo(
            new ToolRun(
                1,
                "",
                "error: --runtime-root "
                    + directory.resolve("other")
                    + ": the monitor's is "
                    + runc().root()
                    + "\n"));
    assertThat(tool("$tool --runtime /bin/true run $1-2 $3/bundle2"))
        .isEqualTo(
            new ToolRun(
                1,
                "",
                "error: --runtime /bin/true: the monitor runs containers by "
                    + Runc.find()
                    + "\n"));
    assertThat(tool("$tool run $1-2 $3/bundle2").code()).isZero();
    assertThat(runc().list()).containsExactlyInAnyOrder(id + "-1", id + "-2");
  }

  @Test
  void aRunThatFailsLeavesNothing() throws Exception {
    bundles(1, "no-such-command");
    ToolRun failed = tool("$tool --runtime-root $2 run $1 $3/bundle1");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("no-such-command");
    assertThat(runc().list()).isEmpty();
    assertThat(run()).doesNotExist();
  }

  @Test
  void aRunThatFailsLeavesTheExitOfTheContainerBefore() throws Exception {
    BusyboxBundle.create(directory.resolve("bundle1"), false, List.of("sh", "-c", "exit 5"));
    ToolRun second =
        tool(
            "$tool --runtime-root $2 run $1 $3/bundle1 >$3/first; exit=$3/run/$1.exit;"
                + " until [ -e $exit ]; do sleep 0.1; done;"
                + " $tool --runtime-root $2 run $1 $3/bundle1; code=$?; cat $exit; exit $code");
    assertThat(second.err()).contains("already exists");
    assertThat(second.out()).isEqualTo("5");
    assertThat(second.code()).isEqualTo(1);
  }

  @Test
  void anIdThatOutlivedItsMonitorCanBeRunAgainAfterWhatTheErrorNames() throws Exception {
    bundles(1, "sleep");
    assertThat(tool("$tool --runtime-root $2 run $1 $3/bundle1 && $tool stop").code()).isZero();
    ToolRun again = tool("$tool --runtime-root $2 run $1 $3/bundle1");
    assertThat(again.code()).isEqualTo(1);
    String remedy = Runc.find() + " --root " + runc().root() + " delete " + id;
    assertThat(again.err()).endsWith("; if that one has ended, this removes it: " + remedy + "\n");
    assertThat(tool(remedy + " && $tool --runtime-root $2 run $1 $3/bundle1").code()).isZero();
  }

  @Test
  void stopTellsOfAPausedContainerThatIsStillThere() throws Exception {
    bundles(1, "sleep");
    assertThat(tool("$tool --runtime-root $2 run $1 $3/bundle1").code()).isZero();
    assertThat(tool(Runc.find() + " --root $2 pause $1").code()).isZero();
    ToolRun stopped = tool("$tool stop");
    assertThat(stopped.code()).isEqualTo(1);
    assertThat(stopped.err())
        .startsWith(
            "error: stop monitor: container "
                + id
                + " is still there, paused; it ends when it is resumed: process ");
    assertThat(tool(Runc.find() + " --root $2 resume $1").code()).isZero();
  }

  @Test
  void whatIsForbiddenIsNotCalledGone() throws Exception {
    ToolRun refused =
        tool(
            "mkdir -m 700 $3/run && touch $3/run/conmon.sock && chmod 711 $3 &&"
                + " setpriv --reuid 65534 --clear-groups $tool version; code=$?;"
                + " rm -r $3/run; exit $code");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo("error: join the monitor at " + run() + "/conmon.sock: permission denied\n");
  }

  @Test
  void ctrlBackslashEndsItWithoutADumpOfItsThreads() throws Exception {
    bundles(1, "sleep");
    assertThat(tool("$tool --runtime-root $2 run $1 $3/bundle1").code()).isZero();
    ToolRun quit =
        tool(
            "ulimit -c 0; $tool exec $1 sh -c 'echo up; sleep 1000' >$3/up 2>&1 & "
                + "until grep -q up $3/up; do sleep 0.1; done; kill -QUIT $!; wait $! 2>/dev/null;"
                + " echo $?; cat $3/up");
    assertThat(quit.out()).isEqualTo("131\nup\n");
  }
}
