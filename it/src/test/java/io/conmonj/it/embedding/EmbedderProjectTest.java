package io.conmonj.it.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(600)
class EmbedderProjectTest {
  @TempDir static Path work;

  private static EmbedderProject project;

  @BeforeAll
  static void build() throws IOException {
    project = EmbedderProject.build(work);
  }

  @ParameterizedTest
  @EnumSource
  void aProjectOfOneFileServesExec(Transport transport) throws IOException {
    try (ExampleProgram program = project.run()) {
      assertThatItGreets(program, transport);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheModulesExportIsEnoughForIt(Transport transport) throws IOException {
    try (ExampleProgram program = project.runWithModules()) {
      assertThatItGreets(program, transport);
    }
  }

  @Test
  void itGetsTheStreamingServerAndNothingElseOfOurs() {
    assertThat(project.dependencies())
        .extracting(jar -> jar.getFileName().toString())
        .filteredOn(jar -> !jar.startsWith("netty-"))
        .containsExactlyInAnyOrder("conmonj-streaming-1.0.0.jar", "slf4j-api-2.0.17.jar");
  }

  private static void assertThatItGreets(ExampleProgram program, Transport transport)
      throws IOException {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    StreamOptions options =
        StreamOptions.of(stdout, new ByteArrayOutputStream())
            .withConnection(ConnectionOptions.over(transport));
    RequestedStreams output = new RequestedStreams(false, true, false, false);
    try (ClientLoop loop = new ClientLoop();
        ContainerSession session =
            Replies.await(
                ContainerSession.open(loop, URI.create(program.line()), output, options))) {
      assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
      assertThat(stdout).hasToString("Good day.\n");
    }
  }
}
