package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against pycapnp, which is the C++ implementation: as client of ours, and as server for ours. */
class PythonTest {

  private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
  private static final Path SCHEMA = Path.of("src/test/schema/sample.capnp").toAbsolutePath();
  private static final Path VENV = Path.of("target/python-venv").toAbsolutePath();

  @TempDir private static Path scratch;

  @BeforeAll
  static void makeEnvironment() throws Exception {
    assumeTrue(ForeignProgram.onPath("python3"), "python3 is not on the PATH");
    List<String> command = List.of(SCRIPTS.resolve("make-venv").toString(), VENV.toString());
    try (ForeignProgram program = ForeignProgram.start(scratch, SCRIPTS, command)) {
      program.assumeSuccess("pycapnp cannot be installed (no venv module, or no network)");
    }
  }

  private static ForeignProgram python(String script, Path socket, String... more)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of(VENV.resolve("bin/python").toString(), script, socket.toString()));
    command.add(SCHEMA.toString());
    command.addAll(List.of(more));
    return ForeignProgram.start(scratch, SCRIPTS, command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "pipeline", "concurrent", "big", "cancel", "errors", "parameter"})
  void aPythonClientIsServed(String scenario) throws Exception {
    Path socket = scratch.resolve(scenario + ".sock");
    try (UnixEndpoint endpoint = new UnixEndpoint()) {
      endpoint.serve(socket, SampleServer::new);
      try (ForeignProgram client = python("client.py", socket, scenario)) {
        client.assertSuccess();
      }
    }
  }

  @Test
  void aPythonServerIsCalled() throws Exception {
    Path socket = scratch.resolve("server.sock");
    try (ForeignProgram server = python("server.py", socket);
        UnixEndpoint endpoint = new UnixEndpoint()) {
      server.awaitListening(socket);
      new ForeignServerScenarios(endpoint, endpoint.connect(socket)).runAll();
      assertThat(socket).exists();
    }
  }
}
