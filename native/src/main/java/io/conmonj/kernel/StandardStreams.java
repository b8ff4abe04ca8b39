package io.conmonj.kernel;

/** This process's descriptors 0, 1 and 2, which the JVM and its children expect to be open. */
public final class StandardStreams {
  public static final int INPUT = 0;
  public static final int OUTPUT = 1;
  public static final int ERROR = 2;

  private static final long DUP2 = LibC.symbol("dup2");

  private StandardStreams() {}

  /**
   * Puts a copy of a descriptor in the place of a standard one; what was there is let go in the
   * same step. The copy is inherited by children, as standard descriptors are.
   *
   * @param number one of {@link #INPUT}, {@link #OUTPUT}, {@link #ERROR}
   * @param source stays open and its owner's
   */
  public static void replace(int number, Fd source) throws KernelException {
    if (number < INPUT || number > ERROR) {
      throw new IllegalArgumentException("replace descriptor " + number + ": not a standard one");
    }
    if (LibC.retry(DUP2, source.number(), number) < 0) {
      throw LibC.failure("dup2", source + " to " + number);
    }
  }
}
