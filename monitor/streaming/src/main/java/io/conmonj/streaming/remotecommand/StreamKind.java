package io.conmonj.streaming.remotecommand;

/** The streams of a remote command session. */
public enum StreamKind {
  /** Client to server: the process's input. */
  STDIN,
  /** Server to client: the process's output. */
  STDOUT,
  /** Server to client: the process's error output. */
  STDERR,
  /** Server to client: how the session ended. */
  ERROR,
  /** Client to server: sizes of the client's terminal, as JSON objects one after another. */
  RESIZE
}
