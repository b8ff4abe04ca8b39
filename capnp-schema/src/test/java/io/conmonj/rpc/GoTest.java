package io.conmonj.rpc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against go-capnp in the release that conmon-rs' Go client and CRI-O use: as client of ours, and
 * as server for ours.
 */
class GoTest {

  private static final Path SOURCES = Path.of("src/test/go").toAbsolutePath();
  private static final String PROGRAM = Path.of("target/rpctest").toAbsolutePath().toString();

  @TempDir private static Path scratch;

  @BeforeAll
  static void build() throws Exception {
    assumeTrue(ForeignProgram.onPath("go"), "go is not on the PATH");
    try (ForeignProgram compiler =
        ForeignProgram.start(scratch, SOURCES, List.of("go", "build", "-o", PROGRAM, "."))) {
      compiler.assumeSuccess("go-capnp cannot be built (no network, or too old a Go)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "pipeline", "concurrent", "big", "cancel", "errors", "parameter"})
  void aGoClientIsServed(String scenario) throws Exception {
    Path socket = scratch.resolve(scenario + ".sock");
    List<String> command = List.of(PROGRAM, "client", socket.toString(), scenario);
    try (UnixEndpoint endpoint = new UnixEndpoint()) {
      endpoint.serve(socket, SampleServer::new);
      try (ForeignProgram client = ForeignProgram.start(scratch, SOURCES, command)) {
        client.assertSuccess();
      }
    }
  }

  @Test
  void aGoServerIsCalled() throws Exception {
    Path socket = scratch.resolve("server.sock");
    List<String> command = List.of(PROGRAM, "server", socket.toString());
    try (ForeignProgram server = ForeignProgram.start(scratch, SOURCES, command);
        UnixEndpoint endpoint = new UnixEndpoint()) {
      server.awaitListening(socket);
      new ForeignServerScenarios(endpoint, endpoint.connect(socket)).runAll();
    }
  }
}
