package io.conmonj.it.fault;

/**
 * A way in which the kernel refuses.
 *
 * @param call name of the system call
 * @param error its errno's name
 */
record Fault(String call, String error) {
  @Override
  public String toString() {
    return call + " " + error;
  }
}
