package io.conmonj.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Starts a program: describe it, then {@link #start}. Whatever is not asked for is clean: every
 * signal has its default action and none is blocked, the descriptors are the listed ones only, and
 * standard descriptors that are not listed are /dev/null. The session, the working directory, the
 * umask and (unless changed here) the environment, process group and oom_score_adj are the
 * parent's.
 *
 * <p>One object starts one program and is used by one thread. The listed descriptors stay the
 * caller's and must be open until {@code start} returns.
 */
public final class Spawn {
  private static final long POSIX_SPAWNP = LibC.symbol("posix_spawnp");
  private static final int PID_BYTES = 4;

  /** For {@link #pid}: nothing runs. */
  public static final int NOT_STARTED = 0;

  private static final Optional<String> NOT_RESTORED =
      Optional.of("set own oom_score_adj back: no memory");

  /** While the process's own score is a child's, nobody else may start one or read it. */
  private static final Object SCORE_LOCK = new Object();

  private final String program;
  private final List<byte[]> arguments = new ArrayList<>();
  private final List<byte[]> variables = new ArrayList<>();
  private final SortedMap<Integer, Fd> descriptors = new TreeMap<>();
  private final long addCloseFrom;
  private int pid = NOT_STARTED;
  private boolean ownProcessGroup;
  private OptionalInt oomScore = OptionalInt.empty();

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
   * Starts the child with this oom_score_adj. The kernel has a child inherit its parent's, so this
   * process takes the value on for the moment of the start and then goes back to its own.
   */
  public Spawn oomScore(int score) {
    oomScore = OptionalInt.of(score);
    return this;
  }

  /**
   * Starts the program; returns when it runs, so after its executable was found and loaded.
   *
   * @throws KernelException when it cannot be started (ENOENT, EACCES, E2BIG, EMFILE, EAGAIN, …);
   *     nothing is left of it then
   */
  public Spawned start() throws KernelException {
    if (oomScore.isEmpty()) {
      return new Spawned(spawn(), Optional.empty());
    }
    synchronized (SCORE_LOCK) {
      return startWithScore(oomScore.getAsInt());
    }
  }

  /**
   * Its process, our child, or {@link #NOT_STARTED}. To be asked when {@link #start} has thrown an
   * {@link Error}, which may have been after the process began.
   */
  public int pid() {
    return pid;
  }

  private Spawned startWithScore(int score) throws KernelException {
    int own = OomScore.read();
    if (own == score) {
      return new Spawned(spawn(), Optional.empty());
    }
    if (!OomScore.tryWrite(score)) {
      return new Spawned(
          spawn(), Optional.of("set oom_score_adj of a child to " + score + ": refused"));
    }
    Optional<String> problem;
    try {
      spawn();
    } finally {
      problem = restoreOwn(own);
    }
    return new Spawned(pid, problem);
  }

  /** Never throws: by now there may be a child whose pid must not get lost. */
  private static Optional<String> restoreOwn(int score) {
    try {
      return OomScore.tryWrite(score)
          ? Optional.empty()
          : Optional.of("set own oom_score_adj back to " + score + ": refused");
    } catch (KernelException e) {
      return Optional.of("set own oom_score_adj back to " + score + ": " + e.getMessage());
    } catch (OutOfMemoryError tight) {
      return NOT_RESTORED;
    }
  }

  private int spawn() throws KernelException {
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
      return pid;
    }
  }
}
