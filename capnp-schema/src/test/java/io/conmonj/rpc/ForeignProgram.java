package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is not ours, at the other end of a socket. */
final class ForeignProgram implements AutoCloseable {

  private static final int DEADLINE_SECONDS = 120;

  private final Process process;
  private final Path output;

  private ForeignProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Whether {@code name} can be run by that name. */
  static boolean onPath(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }

  /** Starts a command in {@code directory}, its output going to a file in {@code scratch}. */
  static ForeignProgram start(Path scratch, Path directory, List<String> command)
      throws IOException {
    Path output = Files.createTempFile(scratch, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new ForeignProgram(process, output);
  }

  /** Skips the calling test, with what the program said, unless it ends with 0. */
  void assumeSuccess(String need) throws IOException, InterruptedException {
    boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assumeTrue(ended && process.exitValue() == 0, () -> need + ": " + said());
  }

  /** That the program ends with 0. */
  void assertSuccess() throws InterruptedException {
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).as(this::said).isTrue();
    assertThat(process.exitValue()).as(this::said).isZero();
  }

  /** Waits until the program accepts connections: the socket's file is there before that. */
  void awaitListening(Path socket) throws InterruptedException {
    boolean listening = isListening(socket);
    for (int i = 0; i < DEADLINE_SECONDS * 100 && !listening; i++) {
      assertThat(process.isAlive()).as(this::said).isTrue();
      TimeUnit.MILLISECONDS.sleep(10);
      listening = isListening(socket);
    }
    assertThat(listening).as(this::said).isTrue();
  }

  private static boolean isListening(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException notYet) {
      return false;
    }
  }

  private String said() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
