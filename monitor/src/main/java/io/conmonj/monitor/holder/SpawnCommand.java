package io.conmonj.monitor.holder;

import io.conmonj.kernel.Environment;
import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.MemoryFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program that the holder is to start. Whatever is not asked for is clean: every signal has its
 * default action and none is blocked, the descriptors are the listed ones only, and standard
 * descriptors that are not listed are {@code /dev/null}. The environment is this worker's, the
 * umask 022, the oom_score_adj the launcher's.
 *
 * <p>The listed descriptors stay the caller's and must be open until it is {@linkplain
 * HolderLink#spawn spawned}. Used by one thread.
 */
public final class SpawnCommand {
  /** Where a name without a slash is looked for if there is no PATH, as execvp(3) does. */
  private static final String DEFAULT_PATH = "/bin:/usr/bin";

  private static final byte[] PATH = "PATH=".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 16;

  private final String program;
  private final List<byte[]> arguments = new ArrayList<>();
  private final List<byte[]> variables = new ArrayList<>();
  private final Map<Integer, Fd> descriptors = new TreeMap<>();
  private String directory = "";
  private boolean ownProcessGroup;

  private SpawnCommand(String program) {
    this.program = program;
    this.arguments.add(text(program));
  }

  /**
   * A program by its path; a name without slash is looked for in this process's PATH. It becomes
   * the first element of its argument vector.
   */
  public static SpawnCommand program(String path) {
    return new SpawnCommand(path);
  }

  /** Adds arguments after those given so far. */
  public SpawnCommand arguments(List<String> more) {
    for (String argument : more) {
      arguments.add(text(argument));
    }
    return this;
  }

  /** Sets variables, each {@code NAME=value}, on top of this process's own environment. */
  public SpawnCommand environment(List<String> changes) {
    for (String variable : changes) {
      variables.add(text(variable));
    }
    return this;
  }

  /**
   * Gives the child a descriptor under a number of its own; one descriptor may go under several.
   */
  public SpawnCommand descriptor(int childNumber, Fd source) {
    if (childNumber < 0 || childNumber > Character.MAX_VALUE) {
      throw new IllegalArgumentException("give a child descriptor " + childNumber);
    }
    descriptors.put(childNumber, source);
    return this;
  }

  /** Where it starts; the root directory unless set. */
  public SpawnCommand directory(String path) {
    directory = path;
    return this;
  }

  /** Makes the child leader of a process group of its own, so that it can be signalled as one. */
  public SpawnCommand ownProcessGroup() {
    ownProcessGroup = true;
    return this;
  }

  /** Its path. */
  public String program() {
    return program;
  }

  /** Fills in what a spawn request says of it; returns the descriptors that go with it. */
  List<Fd> describe(Body body, Fd file) {
    if (descriptors.size() > Protocol.SPAWN_DESCRIPTORS) {
      throw new IllegalArgumentException("give a child " + descriptors.size() + " descriptors");
    }
    body.putInt(8, ownProcessGroup ? Protocol.OWN_GROUP : 0);
    body.putInt(12, descriptors.size());
    List<Fd> sent = new ArrayList<>(descriptors.size() + 1);
    sent.add(file);
    for (Map.Entry<Integer, Fd> each : descriptors.entrySet()) {
      body.putShort(16 + 2 * (sent.size() - 1), each.getKey());
      sent.add(each.getValue());
    }
    return sent;
  }

  /**
   * The sealed memory file that says it all; the caller's to close.
   *
   * @throws KernelException ENOENT when there is no such program in the PATH
   */
  Fd file() throws KernelException {
    List<byte[]> own = Environment.own();
    List<byte[]> environment = Environment.overlay(own, variables);
    List<byte[]> strings = new ArrayList<>(2 + arguments.size() + environment.size());
    strings.add(text(locate(own)));
    strings.add(text(directory));
    strings.addAll(arguments);
    strings.addAll(environment);
    int length = HEADER_BYTES + Long.BYTES * strings.size();
    int start = length;
    for (byte[] string : strings) {
      length += string.length + 1;
    }
    ByteBuffer content = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    content.putInt(Protocol.COMMAND_VERSION).putInt(arguments.size()).putInt(environment.size());
    content.position(start);
    for (byte[] string : strings) {
      content.put(string).put((byte) 0);
    }
    return sealed(content.array());
  }

  private static Fd sealed(byte[] content) throws KernelException {
    Fd file = MemoryFile.createSealable("command");
    try {
      Io.writeAll(file, content);
      MemoryFile.seal(file);
      return file;
    } catch (KernelException | Error failed) {
      file.close();
      throw failed;
    }
  }

  /** As execvp(3) looks for it. */
  private String locate(List<byte[]> environment) throws KernelException {
    if (program.indexOf('/') >= 0) {
      return program;
    }
    String path = DEFAULT_PATH;
    for (byte[] variable : environment) {
      if (variable.length >= PATH.length
          && ByteBuffer.wrap(variable, 0, PATH.length).equals(ByteBuffer.wrap(PATH))) {
        path = new String(variable, StandardCharsets.UTF_8).substring(PATH.length);
      }
    }
    int start = 0;
    while (start <= path.length() && !program.isEmpty()) {
      int end = path.indexOf(':', start);
      end = end < 0 ? path.length() : end;
      Path candidate = Path.of("/", path.substring(start, end), program);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate.toString();
      }
      start = end + 1;
    }
    throw new KernelException(Errno.ENOENT, "spawn", program);
  }

  private static byte[] text(String string) {
    if (string.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a C string cannot hold a NUL: " + string.replace('\0', '?'));
    }
    return string.getBytes(StandardCharsets.UTF_8);
  }
}
