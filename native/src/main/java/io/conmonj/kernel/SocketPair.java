package io.conmonj.kernel;

/**
 * Two unix sockets connected to each other, each with an owner of its own.
 *
 * @param one either end
 * @param other the end that gets what is sent to {@code one}
 */
public record SocketPair(Fd one, Fd other) implements AutoCloseable {
  @Override
  public void close() {
    one.close();
    other.close();
  }
}
