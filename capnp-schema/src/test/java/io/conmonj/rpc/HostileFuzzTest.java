package io.conmonj.rpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/**
 * Looks for bytes that a connection does not cope with. Kept in {@code HostileFuzzTestInputs}: what
 * pycapnp and go-capnp clients sent, and findings.
 */
class HostileFuzzTest {

  @FuzzTest
  void theConnectionCopes(byte @NotNull [] stream) {
    if (stream.length > 0) {
      HostileInput.feed(stream, 1 + (stream[stream.length - 1] & 0x7f) * 64);
    }
  }
}
