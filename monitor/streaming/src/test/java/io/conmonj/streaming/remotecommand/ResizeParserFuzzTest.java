package io.conmonj.streaming.remotecommand;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.conmonj.streaming.TerminalSize;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever comes, the parser reads it all, throws nothing, and reads bytes as it reads chunks; and
 * of what is JSON it makes the same as a complete parser.
 */
class ResizeParserFuzzTest {

  @DictionaryEntries({
    "\"Width\":", "\"Height\":", "\"width\":80", ",\"height\":24", "{\"", "\"}", "65535", "65536",
    "null", "\\\"", "\\u0022", "[{", "}]", "1e1", "true", "}{"
  })
  @FuzzTest
  void anyBytesAreParsedOrEndResizing(byte[] input) {
    Parsed whole = parse(input, Math.max(1, input.length));
    check(whole.equals(parse(input, 1)), "bytes are not read as chunks are", whole);
    ResizeReference reference = new ResizeReference(input);
    int known = reference.sizes.size();
    switch (reference.end) {
      case OPEN ->
          check(
              whole.equals(new Parsed(reference.sizes, false)),
              "expected " + reference.sizes,
              whole);
      case REFUSED ->
          check(
              whole.equals(new Parsed(reference.sizes, true)),
              "refuse after " + reference.sizes,
              whole);
      case MALFORMED ->
          check(
              whole.sizes().size() >= known
                  && whole.sizes().subList(0, known).equals(reference.sizes),
              "expected at first " + reference.sizes,
              whole);
    }
  }

  /** What came out of the parser. */
  private record Parsed(List<TerminalSize> sizes, boolean failed) {}

  private static Parsed parse(byte[] input, int chunkLength) {
    List<TerminalSize> sizes = new ArrayList<>();
    ResizeParser parser = new ResizeParser(sizes::add);
    for (int i = 0; i < input.length; i += chunkLength) {
      parser.parse(Unpooled.wrappedBuffer(input, i, Math.min(chunkLength, input.length - i)));
    }
    return new Parsed(sizes, parser.hasFailed());
  }

  private static void check(boolean holds, String what, Parsed parsed) {
    if (!holds) {
      throw new AssertionError(what + ": " + parsed);
    }
  }
}
