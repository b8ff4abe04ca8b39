package io.conmonj.client.cli;

import io.conmonj.client.FakeMonitor;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the tool's commands have in common: a monitor to talk to, and the tool. */
@Timeout(180)
abstract class CommandFixture {
  @TempDir Path directory;
  FakeMonitor fake;
  ToolRun tool;

  @BeforeEach
  void listen() throws Exception {
    fake = new FakeMonitor(directory);
    tool = new ToolRun(directory);
  }

  @AfterEach
  void close() {
    fake.close();
  }

  /** Runs a command line while a server plays the script for whoever opens the monitor's URLs. */
  int run(ScriptedServer.Script<WebSocketPeer> script, String... args) throws IOException {
    try (ScriptedServer server = ScriptedServer.webSocket(script)) {
      fake.execUrl(() -> server.url().toString());
      fake.attachUrl(() -> server.url().toString());
      return tool.run(args);
    }
  }
}
