package io.conmonj.it.bench.density;

import java.io.IOException;

/** A node whose monitors log what containers write. */
interface LoggingNode extends Node {
  /** The first process of a container; what it writes on standard output is logged. */
  long process(String id) throws IOException;

  /** Whether the monitors of all pods have come to rest, with nobody connected to them. */
  boolean isAtRest() throws IOException;
}
