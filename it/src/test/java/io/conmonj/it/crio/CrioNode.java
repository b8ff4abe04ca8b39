package io.conmonj.it.crio;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * CRI-O in a directory of its own, with the monitor of the distribution for its default runtime.
 * All such nodes of a machine connect their pods to one bridge, and so each waits until there is no
 * other, also of another run of the tests. Closing it removes the pods and ends it.
 */
public final class CrioNode implements AutoCloseable {
  private static final long STOP_SECONDS = 60;

  private final CrioPrograms programs;
  private final CrioConfig config;
  private final Path directory;
  private final Crictl crictl;
  private final FileChannel turn;
  private Process process;

  private CrioNode(CrioPrograms programs, Path directory, FileChannel turn) {
    this.turn = turn;
    this.programs = programs;
    this.config = new CrioConfig(directory, programs, Distribution.program("conmonrs"));
    this.directory = directory;
    this.crictl = new Crictl(programs.program("crictl"), socket());
  }

  /**
   * Starts one.
   *
   * @param directory for all of its files
   * @param webSockets what {@code stream_websockets} is set to: whether exec and attach go over the
   *     monitor's streaming server rather than runc and an attach socket
   * @param images what is there besides {@link CrioConfig#IMAGE}
   */
  public static CrioNode start(
      CrioPrograms programs, Path directory, boolean webSockets, BusyboxImage... images)
      throws Exception {
    FileChannel turn =
        FileChannel.open(
            programs.directory().resolve("node.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      turn.lock();
      CrioNode node = new CrioNode(programs, directory, turn);
      node.prepare(webSockets, images);
      node.startCrio();
      return node;
    } catch (Exception | AssertionError e) {
      turn.close();
      throw e;
    }
  }

  private void prepare(boolean webSockets, BusyboxImage... images) throws Exception {
    config.write(webSockets);
    addImage(CrioConfig.IMAGE);
    addImage(CrioConfig.PAUSE);
    for (BusyboxImage image : images) {
      addImage(image);
    }
  }

  /** Puts an image into CRI-O's storage, which must not run. */
  private void addImage(BusyboxImage image) throws Exception {
    Path layout = Files.createTempDirectory(directory, "image-");
    image.write(layout);
    Process copy =
        new ProcessBuilder(
                programs.program("copyimg"),
                "--root=" + directory.resolve("root"),
                "--runroot=" + directory.resolve("runroot"),
                "--storage-driver=overlay",
                "--signature-policy=" + directory.resolve("policy.json"),
                "--image-name=" + image.name(),
                "--add-name=" + image.name(),
                "--import-from=oci:" + layout + ":latest")
            .inheritIO()
            .start();
    if (copy.waitFor() != 0) {
      throw new IOException("copyimg could not import " + image.name());
    }
  }

  /** Writes one more drop-in, for a CRI-O that is started from then on. */
  void configure(String file, String text) throws IOException {
    Files.writeString(directory.resolve("conf.d").resolve(file), text);
  }

  /** Starts CRI-O, again if it was ended; it answers when this returns. */
  public void startCrio() throws IOException {
    process =
        new ProcessBuilder(
                programs.program("crio"), "-c", "", "-d", directory.resolve("conf.d").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    process.getOutputStream().close();
    Await.until(
        "CRI-O to answer",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("CRI-O has ended, see " + log() + ":\n" + lastWords());
          }
          return crictl.tries("version").succeeded();
        });
  }

  /** Ends CRI-O at once, as a crash does. */
  public void killCrio() {
    process.destroyForcibly().onExit().join();
  }

  /** Ends CRI-O in order and starts it with another value of {@code stream_websockets}. */
  public void restartWith(boolean webSockets) throws IOException {
    stopCrio();
    config.writeDropIn(webSockets);
    startCrio();
  }

  /** Ends CRI-O in order. */
  void stopCrio() {
    process.destroy();
    try {
      if (!process.onExit().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS).isAlive()) {
        return;
      }
    } catch (Exception e) {
      killCrio();
      throw new AssertionError("CRI-O did not end on SIGTERM", e);
    }
  }

  Crictl crictl() {
    return crictl;
  }

  /** Its files. */
  public Path directory() {
    return directory;
  }

  /** What CRI-O says. */
  public Path log() {
    return directory.resolve("crio.log");
  }

  /** Where it listens. */
  Path socket() {
    return directory.resolve("crio.sock");
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (turn) {
      if (!process.isAlive()) {
        startCrio();
      }
      end();
    }
  }

  private void end() throws IOException {
    try {
      crictl.run("rmp", "--all", "--force");
    } finally {
      stopCrio();
      unmount();
      removeBridge();
    }
  }

  /** What the network plugin leaves on the machine. */
  private static void removeBridge() throws IOException {
    new ProcessBuilder("ip", "link", "delete", CrioConfig.BRIDGE_NAME).start().onExit().join();
  }

  /** What the storage has mounted over itself, so that the directory can be removed. */
  private void unmount() throws IOException {
    for (String name : List.of("root/overlay", "runroot/overlay")) {
      new ProcessBuilder("umount", "-q", directory.resolve(name).toString())
          .start()
          .onExit()
          .join();
    }
  }
}
