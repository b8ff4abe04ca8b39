package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest extends CommandFixture {
  private Path script(String name, String body) throws IOException {
    Path script = directory.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private Path bundle() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("config.json"), "{}");
    return bundle.toRealPath();
  }

  @Test
  void createsAContainerAndStartsItWithTheRuntime() throws IOException {
    Path called = directory.resolve("called");
    Path runtime = script("runtime", "echo \"$@\" > " + called);
    Files.writeString(directory.resolve("box.exit"), "old");
    int code =
        tool.run(
            "run",
            "--runtime",
            runtime.toString(),
            "--runtime-root",
            "/rr",
            "--monitor",
            "/bin/false",
            "-it",
            "--log-size-max",
            "1000",
            "--create-arg=--no-pivot",
            "box",
            bundle().toString());
    assertThat(tool.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(tool.out()).isEqualTo("box\n");
    assertThat(fake.requests())
        .containsExactly(
            "create box bundle="
                + bundle()
                + " terminal=true stdin=true exit="
                + directory.resolve("box.exit")
                + " log=CONTAINER_RUNTIME_INTERFACE:"
                + directory.resolve("box.log")
                + ":1000 command=--no-pivot cgroups=CGROUPFS");
    assertThat(called).hasContent("--root /rr start box");
    assertThat(directory.resolve("box.exit")).doesNotExist();
  }

  @Test
  void canLeaveAContainerCreated() throws IOException {
    Path runtime = script("runtime", "exit 7");
    int code =
        tool.run(
            "run",
            "--runtime=" + runtime,
            "--monitor=/bin/false",
            "--no-start",
            "--exit-path=/e/1",
            "--exit-path=/e/2",
            "--cgroup-manager=systemd",
            "--output=json",
            "box",
            bundle().toString());
    assertThat(code).isZero();
    assertThat(tool.out())
        .contains("\"id\":\"box\",\"pid\":4711,", "\"state\":\"created\"", "[\"/e/1\",\"/e/2\"]");
    assertThat(fake.requests().getFirst()).contains("exit=/e/1 exit=/e/2", "cgroups=SYSTEMD");
  }

  @Test
  void saysWhatTheRuntimeSaidWhenItCannotStart() throws IOException {
    Path runtime = script("runtime", "echo no such container; exit 1");
    int code =
        tool.run("run", "--runtime=" + runtime, "--monitor=/bin/false", "box", bundle().toString());
    assertThat(code).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err())
        .isEqualTo(
            "error: start container box: " + runtime + " exited with 1: no such container\n");
  }

  @Test
  void aContainerThatIsNotCreatedLeavesTheExitOfTheOneBefore() throws IOException {
    Path runtime = script("runtime", "exit 7");
    Path exit = Files.writeString(directory.resolve("box.exit"), "5");
    fake.failWith("container with given ID already exists");
    int code =
        tool.run("run", "--runtime=" + runtime, "--monitor=/bin/false", "box", bundle().toString());
    assertThat(code).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).contains("already exists");
    assertThat(exit).hasContent("5");
  }

  @Test
  void anIdThatTheRuntimeHasNotForgottenIsToldWithWhatRemovesIt() throws IOException {
    Path runtime = script("runtime", "exit 7");
    String runc = "runc create: container with given ID already exists";
    for (String refusal : List.of(runc, "container `box` already exists")) {
      fake.failWith(refusal);
      int code =
          tool.run(
              "run",
              "--runtime=" + runtime,
              "--runtime-root=/rr",
              "--monitor=/bin/false",
              "box",
              bundle().toString());
      assertThat(code).isEqualTo(ExitCodes.FAILED);
      assertThat(tool.err())
          .endsWith(
              "error: create container box: "
                  + refusal
                  + "; if that one has ended, this removes it: "
                  + runtime
                  + " --root /rr delete box\n");
    }
  }

  @Test
  void anotherThingThatExistsAlreadyIsNotRemoved() throws IOException {
    Path runtime = script("runtime", "exit 7");
    fake.failWith("mount point already exists");
    tool.run("run", "--runtime=" + runtime, "--monitor=/bin/false", "box", bundle().toString());
    assertThat(tool.err()).isEqualTo("error: create container box: mount point already exists\n");
  }

  @Test
  void aDirectoryThatIsNoBundleIsNamed() {
    assertThat(tool.run("run", "box", directory.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err())
        .isEqualTo("error: bundle " + directory + ": there is no config.json in it\n");
    assertThat(fake.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "", ".hidden", "a/b"})
  void anIdThatWouldLeaveTheDirectoryIsRefused(String id) throws IOException {
    assertThat(tool.run("run", id, bundle().toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).startsWith("error: container id '" + id + "'");
    assertThat(fake.requests()).isEmpty();
  }
}
