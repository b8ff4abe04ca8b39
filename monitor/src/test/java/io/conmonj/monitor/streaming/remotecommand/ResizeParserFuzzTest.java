package io.conmonj.monitor.streaming.remotecommand;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.conmonj.monitor.streaming.TerminalSize;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Whatever comes, the parser reads it all, throws nothing, and reads bytes as it reads chunks. */
class ResizeParserFuzzTest {

  @FuzzTest
  void anyBytesAreParsedOrEndResizing(byte[] input) {
    List<TerminalSize> whole = new ArrayList<>();
    new ResizeParser(whole::add).parse(Unpooled.wrappedBuffer(input));
    List<TerminalSize> single = new ArrayList<>();
    ResizeParser parser = new ResizeParser(single::add);
    for (byte b : input) {
      parser.parse(Unpooled.wrappedBuffer(new byte[] {b}));
    }
    if (!whole.equals(single)) {
      throw new AssertionError("in one chunk: " + whole + "; in bytes: " + single);
    }
  }
}
