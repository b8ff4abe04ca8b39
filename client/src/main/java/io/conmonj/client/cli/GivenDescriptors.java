package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.SentDescriptors;
import io.conmonj.client.transport.Replies;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that give a container descriptors which this program has inherited. */
final class GivenDescriptors {
  @Option(
      names = "--additional-fd",
      paramLabel = "FD",
      description =
          "A descriptor that this program was given, such as 5 by 5<FILE; the container gets those"
              + " that are named as 3, 4, … in this order; repeatable")
  private List<Integer> additional = List.of();

  @Option(
      names = "--leak-fd",
      paramLabel = "FD",
      description =
          "A descriptor that this program was given; the monitor holds it open until the"
              + " container's end; repeatable")
  private List<Integer> leaked = List.of();

  /**
   * Where the monitor has them until the container takes them.
   *
   * @param additional slots of those that the container gets
   * @param leaked slots of those that are held
   * @param sent to be closed when the container has them, or shall not; null if there are none
   */
  record Slots(List<Long> additional, List<Long> leaked, SentDescriptors sent)
      implements AutoCloseable {
    /** What the runtime has to be told, so that it passes them on. */
    List<String> createArgs() {
      return additional.isEmpty() ? List.of() : List.of("--preserve-fds=" + additional.size());
    }

    @Override
    public void close() {
      if (sent != null) {
        sent.close();
      }
    }
  }

  /** Sends them to the monitor. */
  Slots send(Monitor monitor) throws IOException {
    List<Fd> all = new ArrayList<>();
    try {
      for (int number : additional) {
        all.add(inherited("--additional-fd", number));
      }
      for (int number : leaked) {
        all.add(inherited("--leak-fd", number));
      }
      return all.isEmpty()
          ? new Slots(List.of(), List.of(), null)
          : send(all, SentDescriptors.to(Replies.await(monitor.startFdSocket())));
    } finally {
      all.forEach(Fd::release);
    }
  }

  private Slots send(List<Fd> all, SentDescriptors to) throws IOException {
    try {
      List<Long> slots = new ArrayList<>();
      for (int from = 0; from < all.size(); from += SentDescriptors.MAX_AT_ONCE) {
        int end = Math.min(all.size(), from + SentDescriptors.MAX_AT_ONCE);
        slots.addAll(to.send(all.subList(from, end)));
      }
      int split = additional.size();
      return new Slots(slots.subList(0, split), slots.subList(split, slots.size()), to);
    } catch (IOException | RuntimeException failed) {
      to.close();
      throw failed;
    }
  }

  /** Not one that the Java VM has opened for itself. */
  private static Fd inherited(String option, int number) throws IOException {
    if (number >= 0 && Fcntl.isOpen(number)) {
      Fd fd = Fd.adopt(number);
      if (!Fcntl.isCloseOnExec(fd) && !isJavas(number)) {
        return fd;
      }
      fd.release();
    }
    throw new CommandFailedException(option + " " + number + ": no such descriptor was given");
  }

  private static boolean isJavas(int number) throws IOException {
    String target = Files.readSymbolicLink(Path.of("/proc/self/fd", "" + number)).toString();
    return target.startsWith(System.getProperty("java.home"))
        || List.of(System.getProperty("java.class.path").split(":", -1)).contains(target);
  }
}
