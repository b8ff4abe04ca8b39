package io.conmonj.monitor.holder;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FdPassing;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Kill;
import io.conmonj.kernel.Poll;
import io.conmonj.kernel.ReceivedMessage;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * For tests: a real holder whose worker is this Java VM. The process that the holder starts passes
 * its end of the link on to here, and lives until it is told to end or killed. One worker at a time
 * is in use: after {@link #killWorker}, or a farewell and {@link #endWorker}, comes the {@link
 * #nextWorker}. A link that is watched by a loop is to be used, killed and closed on its thread, or
 * when that has ended.
 */
public final class HolderFixture implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Path directory;
  private final Fd listener;
  private final Process holder;
  private final List<HolderLink> links = new ArrayList<>();
  private Fd relay;
  private int workerPid;
  private HolderLink link;
  private Fd candidateRelay;
  private int candidatePid;
  private HolderLink candidate;

  private HolderFixture() throws Exception {
    directory = Files.createTempDirectory("holder");
    Path path = directory.resolve("workers");
    listener = UnixSocket.listen(SocketType.SEQPACKET, path.toString());
    holder =
        new ProcessBuilder(
                HolderPrograms.holder().toString(),
                "-",
                "-",
                HolderPrograms.relay().toString(),
                path.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile())
            .start();
  }

  /** Starts one, with its first worker, which is not ready yet. */
  public static HolderFixture start() throws Exception {
    HolderFixture made = new HolderFixture();
    try {
      made.nextWorker();
      return made;
    } catch (Exception | Error failed) {
      made.close();
      throw failed;
    }
  }

  /** Starts one, with a first worker that is ready. */
  public static HolderFixture startReady() throws Exception {
    HolderFixture made = start();
    made.link().ready(0);
    return made;
  }

  /** The link of the worker of now; closed by the fixture. */
  public HolderLink link() {
    return link;
  }

  /** The holder's pid: that of a monitor, to the outside. */
  public int pid() {
    return Math.toIntExact(holder.pid());
  }

  /** The holder's process. */
  public Process holder() {
    return holder;
  }

  /** The pid of the process that is the worker to the holder. */
  public int workerPid() {
    return workerPid;
  }

  /** What the holder has written to its standard error. */
  public String said() throws IOException {
    return Files.readString(directory.resolve("said"));
  }

  /** Waits for the next worker, and greets the holder for it. */
  public HolderLink nextWorker() throws Exception {
    link = greet(awaitSocket());
    return link;
  }

  private HolderLink greet(Fd socket) throws Exception {
    try {
      HolderLink made = HolderLink.of(socket);
      links.add(made);
      return made;
    } catch (KernelException refused) {
      socket.close();
      throw refused;
    }
  }

  /** The program that is a worker here, as one to upgrade to. */
  public SpawnCommand worker() throws Exception {
    return SpawnCommand.program(HolderPrograms.relay().toString())
        .arguments(List.of(directory.resolve("workers").toString()));
  }

  /** The command line of {@link #worker}, for a shell. */
  public String workerCommand() throws Exception {
    return HolderPrograms.relay() + " " + directory.resolve("workers");
  }

  /** Waits for the worker that is to take the place of the one of now, and greets for it. */
  public HolderLink candidate() throws Exception {
    Fd before = relay;
    int pidBefore = workerPid;
    relay = null;
    Fd socket = awaitSocket();
    candidateRelay = relay;
    candidatePid = workerPid;
    relay = before;
    workerPid = pidBefore;
    candidate = greet(socket);
    return candidate;
  }

  /** The candidate's process is killed. */
  public void killCandidate() throws Exception {
    Kill.process(candidatePid, Signal.KILL);
    candidateRelay.close();
  }

  /** The candidate is the worker of now; the process of the one before ends. */
  public void followed() {
    closeRelay();
    relay = candidateRelay;
    workerPid = candidatePid;
    link = candidate;
  }

  /** Waits for the next worker; its end of the link is the caller's. */
  Fd awaitSocket() throws Exception {
    if (!Poll.readable(listener, PATIENCE_MILLIS)) {
      throw new AssertionError("the holder starts no worker; it said: " + said());
    }
    closeRelay();
    relay = UnixSocket.accept(listener).orElseThrow();
    if (!Poll.readable(relay, PATIENCE_MILLIS)) {
      throw new AssertionError("the worker says nothing");
    }
    int pidBytes = 4;
    ReceivedMessage message = FdPassing.receive(relay, pidBytes, 1).orElseThrow();
    workerPid = ByteBuffer.wrap(message.data()).order(ByteOrder.nativeOrder()).getInt();
    return message.descriptors().getFirst();
  }

  /** Has the worker die as by kill -9: its link ends, and another will be started. */
  public void killWorker() throws Exception {
    // The link first, for the holder learns of a worker's end by that of its process.
    link.close();
    Kill.process(workerPid, Signal.KILL);
  }

  /** Ends the worker's process, with this exit status, once it has said farewell. */
  public void endWorker(int status) throws Exception {
    link.close();
    Io.write(relay, new byte[] {(byte) status});
  }

  /** Ends the holder and all that it has started. */
  @Override
  public void close() throws IOException {
    try {
      if (holder.isAlive() && link != null && !link.isOver()) {
        for (HeldProcess each : link.list()) {
          end(each);
        }
        link.end(0);
      }
    } catch (KernelException gone) {
      // the holder is ended all the same
    }
    links.forEach(HolderLink::close);
    closeRelay();
    awaitEnd();
    listener.close();
    Files.deleteIfExists(directory.resolve("workers"));
    Files.deleteIfExists(directory.resolve("said"));
    Files.delete(directory);
  }

  private void awaitEnd() {
    try {
      if (!holder.waitFor(1, TimeUnit.SECONDS)) {
        holder.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      holder.destroyForcibly();
      throw new AssertionError("interrupted while the holder ended", interrupted);
    }
  }

  private void end(HeldProcess process) {
    if (process.running()) {
      try {
        link.signal(process.pid(), Signal.KILL, Whom.BOTH);
      } catch (KernelException hasEnded) {
        // which is what is wanted
      }
    }
  }

  private void closeRelay() {
    if (relay != null) {
      relay.close();
    }
  }
}
