package io.conmonj.monitor.stdio;

import io.conmonj.kernel.Reason;
import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes {@link ConsoleSocket}s. They lie in the monitor's own directory if their names fit into a
 * socket address there, else each in a private one that is removed with it: whoever makes one may
 * end at any other time, and nobody would look for what is left. Loop thread only.
 */
public final class ConsoleSockets {
  /** sun_path of unix(7) without its NUL: the runtime connects by the plain name. */
  private static final int MAX_PATH = 107;

  private static final String PREFIX = "console-";
  private static final String SUFFIX = ".sock";
  private static final int LONGEST_NAME = PREFIX.length() + Integer.BYTES * 3 + SUFFIX.length();

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final EventLoop loop;
  private final List<Path> places;
  private final Path directory;
  private int count;

  /**
   * @param own the monitor's directory, which nobody else can write to
   * @param fallbacks where a private directory may be made, in the order of preference
   */
  public ConsoleSockets(EventLoop loop, Path own, List<Path> fallbacks) {
    this.loop = loop;
    this.directory = own;
    this.places = List.copyOf(fallbacks);
  }

  /**
   * A new socket, listening.
   *
   * @throws IOException when it or its directory cannot be made
   */
  public ConsoleSocket open() throws IOException {
    String name = PREFIX + ++count + SUFFIX;
    if (!fits(directory)) {
      Path fresh = makeDirectory();
      return ConsoleSocket.listen(loop, fresh.resolve(name), Optional.of(fresh));
    }
    Path socket = directory.resolve(name);
    // A monitor that was killed may have left one of that name behind in its own directory.
    Files.deleteIfExists(socket);
    return ConsoleSocket.listen(loop, socket, Optional.empty());
  }

  private Path makeDirectory() throws IOException {
    IOException last = new IOException("no place was named");
    for (Path place : places) {
      try {
        Path fresh =
            Files.createTempDirectory(
                place, "conmonj-", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        if (fits(fresh)) {
          return fresh;
        }
        Files.delete(fresh);
        last = new IOException(place + ": name too long for a socket address");
      } catch (IOException refused) {
        last = new IOException(place + ": " + Reason.of(refused), refused);
      }
    }
    throw new IOException("make a directory for console sockets: " + last.getMessage(), last);
  }

  private static boolean fits(Path directory) {
    int length = directory.toString().getBytes(StandardCharsets.UTF_8).length;
    return length + 1 + LONGEST_NAME <= MAX_PATH;
  }
}
