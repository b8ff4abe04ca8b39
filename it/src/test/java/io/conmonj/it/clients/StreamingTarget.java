package io.conmonj.it.clients;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Where an API server's streaming requests end: a server that gives out a URL for each, which is
 * good for one connection. Called on any thread.
 */
interface StreamingTarget {

  /** The streams that a session asks for. */
  record Streams(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

  /** A URL to run a command in a container. */
  URI exec(String container, List<String> command, Streams streams) throws IOException;

  /** A URL to attach to a container. */
  URI attach(String container, Streams streams) throws IOException;

  /**
   * A URL to forward ports of a pod.
   *
   * @param ports those of the request's query; empty when they come later, as over SPDY
   */
  URI portForward(String pod, List<Integer> ports) throws IOException;
}
