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

/** Descriptors that the tool gives to containers. */
@Timeout(300)
@NeedsContainers
class ToolDescriptorsTest {
  @TempDir private Path directory;
  private final String id = "conmonj-tool-fd-" + ProcessHandle.current().pid();

  private Runc runc() {
    return new Runc(Runc.find(), directory.resolve("root"));
  }

  private ToolRun tool(String script) throws Exception {
    return ToolRun.of(
        directory,
        directory.resolve("run"),
        script,
        id,
        runc().root().toString(),
        directory.toString(),
        Runc.find().toString());
  }

  private void bundle(String... command) {
    BusyboxBundle.create(directory.resolve("bundle"), false, List.of(command));
  }

  @AfterEach
  void stop() throws Exception {
    tool("$tool stop");
    for (String each : runc().list()) {
      runc().delete(each);
    }
  }

  @Test
  void openFilesReachTheContainerInTheirOrder() throws Exception {
    bundle("sh", "-c", "cat <&3; cat <&4; ls /proc/self/fd | wc -l; exec sleep 1000");
    ToolRun run =
        tool(
            "cd $3; echo first >a; echo second >b;"
                + " $tool --runtime-root $2 run --additional-fd 7 --additional-fd 5 $1 $3/bundle"
                + " 7<a 5<b; until grep -q second run/$1.log; do sleep 0.1; done; $tool logs $1");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith(id + "\nfirst\nsecond\n");
  }

  @Test
  void oneThatIsLeakedIsOpenUntilTheContainersEnd() throws Exception {
    bundle("sleep", "1000");
    ToolRun run =
        tool(
            "cd $3; mkfifo fifo; cat fifo >read & reader=$!;"
                + " $tool --runtime-root $2 run --leak-fd 5 $1 $3/bundle 5>fifo;"
                + " kill -0 $reader && echo open; $4 --root $2 kill $1 KILL; wait $reader;"
                + " echo closed");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(id + "\nopen\nclosed\n");
  }

  @Test
  void oneThatWasNotGivenIsNamedAndNothingIsLeft() throws Exception {
    bundle("sleep", "1000");
    assertThat(tool("$tool --runtime-root $2 run --additional-fd 77 $1 $3/bundle"))
        .isEqualTo(new ToolRun(1, "", "error: --additional-fd 77: no such descriptor was given\n"));
    assertThat(runc().list()).isEmpty();
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void theSocketForOtherProgramsIsTold() throws Exception {
    bundle("sleep", "1000");
    assertThat(tool("$tool --runtime-root $2 run $1 $3/bundle").err()).isEmpty();
    Path socket = directory.resolve("run/conmon-fd.sock");
    assertThat(tool("$tool fd-socket")).isEqualTo(new ToolRun(0, socket + "\n", ""));
    assertThat(socket).exists();
  }
}
