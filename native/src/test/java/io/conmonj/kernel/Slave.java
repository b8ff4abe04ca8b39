package io.conmonj.kernel;

/** The side of a pseudo-terminal that programs have. */
final class Slave {
  private Slave() {}

  static Fd of(Pty pty) throws KernelException {
    return OpenFile.forReadingAndWriting("/dev/pts/" + pty.number());
  }
}
