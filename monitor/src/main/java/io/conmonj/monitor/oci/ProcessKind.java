package io.conmonj.monitor.oci;

/**
 * What a process is for. It is in the tag that the holder keeps with the process, so that a worker
 * knows what was started by one that has died. The numbers are never given another meaning.
 */
public enum ProcessKind {
  /** The first process of a container. */
  CONTAINER(1, false),
  /** A run of the OCI runtime. */
  RUNTIME(2, true),
  /** A further process in a container. */
  EXEC(3, true),
  /** The command that a container's owner wants to be run after its exit. */
  CLEANUP(4, false),
  /** A program that helps to make namespaces. */
  HELPER(5, true),
  /** What stays in a pod's namespaces, or makes it. */
  PAUSE(6, false);

  private static final int SHIFT = Long.SIZE - Byte.SIZE;
  private static final ProcessKind[] ALL = values();

  private final int number;
  private final boolean endsWithWorker;

  ProcessKind(int number, boolean endsWithWorker) {
    this.number = number;
    this.endsWithWorker = endsWithWorker;
  }

  /** Whether nobody needs it any more when the worker has died that it was started for. */
  boolean endsWithWorker() {
    return endsWithWorker;
  }

  /**
   * The tag of a process of this kind.
   *
   * @param serial what tells it from others of its kind; its top byte is 0
   */
  long tag(long serial) {
    return (long) number << SHIFT | serial;
  }

  /** The kind in a tag; one that only later workers know counts as a container's process. */
  static ProcessKind of(long tag) {
    int number = (int) (tag >>> SHIFT);
    return number < 1 || number > ALL.length ? CONTAINER : ALL[number - 1];
  }
}
