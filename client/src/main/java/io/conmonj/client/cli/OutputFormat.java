package io.conmonj.client.cli;

/** How results are printed. */
enum OutputFormat {
  /** For people. */
  text,
  /** For programs: one JSON object. */
  json
}
