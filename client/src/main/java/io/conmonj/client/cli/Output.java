package io.conmonj.client.cli;

/** How results are printed. */
enum Output {
  /** For people. */
  text,
  /** For programs: one JSON object. */
  json
}
