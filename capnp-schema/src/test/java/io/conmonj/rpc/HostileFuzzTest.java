package io.conmonj.rpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/**
 * Looks for bytes that a connection does not cope with. In a normal run it replays the inputs kept
 * in {@code HostileFuzzTestInputs}: what pycapnp and go-capnp clients sent, and findings. To search
 * for new ones: {@code JAZZER_FUZZ=1 mvn -pl capnp-schema test -Dtest=HostileFuzzTest
 * -Djazzer.hooks=true}.
 */
class HostileFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void theConnectionCopes(byte @NotNull [] stream) {
    if (stream.length > 0) {
      HostileInput.feed(stream, 1 + (stream[stream.length - 1] & 0x7f) * 64);
    }
  }
}
