package io.conmonj.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * For tests: starts a program: describe it, then {@link #start}. Whatever is not asked for is
 * clean: every signal has its default action and none is blocked, the descriptors are the listed
 * ones only, and standard descriptors that are not listed are /dev/null. The session, the working
 * directory, the umask and (unless changed here) the environment, process group and oom_score_adj
 * are the parent's.
 *
 * <p>One object starts one program and is used by one thread. The listed descriptors stay the
 * caller's and must be open until {@code start} returns.
 */
public final class Spawn {
  private static final long POSIX_SPAWNP = LibC.symbol("posix_spawnp");
  private static final int PID_BYTES = 4;

  private final String program;
  private final List<byte[]> arguments = new ArrayList<>();
  private final List<byte[]> variables = new ArrayList<>();
  private final SortedMap<Integer, Fd> descriptors = new TreeMap<>();
  private final long addCloseFrom;
  private int pid;
  private boolean ownProcessGroup;

  /** {@code addCloseFrom} as {@link SpawnFiles} has it. */
  Spawn(String program, long addCloseFrom) {
    this.program = program;
    this.addCloseFrom = addCloseFrom;
    this.arguments.add(Memory.cString(program));
  }

  /**
   * A program by its path; a name without slash is looked for in this process's PATH. It becomes
   * the first element of its argument vector.
   */
  public static Spawn program(String path) {
    return new Spawn(path, SpawnFiles.ADD_CLOSEFROM);
  }

  /** Adds arguments after those given so far. */
  public Spawn arguments(List<String> more) {
    for (String argument : more) {
      arguments.add(Memory.cString(argument));
    }
    return this;
  }

  /** Sets variables, each {@code NAME=value}, on top of this process's own environment. */
  public Spawn environment(List<String> changes) {
    for (String variable : changes) {
      variables.add(Memory.cString(variable));
    }
    return this;
  }

  /**
   * Gives the child a descriptor under a number of its own; one descriptor may go under several.
   */
  public Spawn descriptor(int childNumber, Fd source) {
    if (childNumber < 0) {
      throw new IllegalArgumentException("give a child descriptor " + childNumber + ": negative");
    }
    descriptors.put(childNumber, source);
    return this;
  }

  /** Makes the child leader of a process group of its own, so that it can be signalled as one. */
  public Spawn ownProcessGroup() {
    ownProcessGroup = true;
    return this;
  }

  /**
   * Starts the program; returns when it runs, so after its executable was found and loaded.
   *
   * @throws KernelException when it cannot be started (ENOENT, EACCES, E2BIG, EMFILE, EAGAIN, …);
   *     nothing is left of it then
   */
  public Spawn start() throws KernelException {
    spawn();
    return this;
  }

  /** Its process, our child. */
  public int pid() {
    return pid;
  }

  private void spawn() throws KernelException {
    List<byte[]> environment = Environment.overlay(Environment.own(), variables);
    try (Memory path = Memory.string(program);
        Memory started = Memory.allocate(PID_BYTES);
        StringVector argv = StringVector.of(arguments);
        StringVector envp = StringVector.of(environment);
        SpawnAttributes attributes = new SpawnAttributes(ownProcessGroup);
        SpawnFiles files = new SpawnFiles(descriptors, addCloseFrom)) {
      int error =
          LibC.toInt(
              LibC.call(
                  POSIX_SPAWNP,
                  started.address(),
                  path.address(),
                  files.address(),
                  attributes.address(),
                  argv.address(),
                  envp.address()));
      if (error != 0) {
        throw new KernelException(error, "posix_spawn", program);
      }
      pid = started.getInt(0);
    }
  }
}
