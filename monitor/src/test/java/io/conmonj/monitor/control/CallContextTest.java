package io.conmonj.monitor.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.schema.Conmonj;
import java.util.Arrays;
import java.util.Map;
import org.capnproto.MessageBuilder;
import org.capnproto.Text;
import org.capnproto.TextList;
import org.junit.jupiter.api.Test;

class CallContextTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void theTraceOfACallerOfOurOwnInterfaceIsRead() {
    assertThat(
            CallContext.assignments(
                metadata("traceparent=" + PARENT, "tracestate=a=1,b=2", "other=pair")))
        .isEqualTo(Map.of("traceparent", PARENT, "tracestate", "a=1,b=2"));
  }

  @Test
  void namesAreReadInAnyCase() {
    assertThat(CallContext.assignments(metadata("TraceParent=" + PARENT)))
        .isEqualTo(Map.of("traceparent", PARENT));
  }

  @Test
  void whatIsNoPairIsLeftOut() {
    assertThat(CallContext.assignments(metadata("", "traceparent", "=" + PARENT, "tracestate=")))
        .isEqualTo(Map.of("tracestate", ""));
  }

  @Test
  void ofTooManyPairsTheFirstAreLookedAt() {
    String[] pairs = new String[40];
    Arrays.fill(pairs, "other=pair");
    pairs[31] = "traceparent=" + PARENT;
    pairs[32] = "tracestate=a=1";
    assertThat(CallContext.assignments(metadata(pairs))).isEqualTo(Map.of("traceparent", PARENT));
  }

  private static TextList.Reader metadata(String... pairs) {
    Conmonj.ExecSyncRequest.Builder request =
        new MessageBuilder().initRoot(Conmonj.ExecSyncRequest.factory);
    TextList.Builder field = request.initMetadata(pairs.length);
    for (int i = 0; i < pairs.length; i++) {
      field.set(i, new Text.Reader(pairs[i]));
    }
    return request.asReader().getMetadata();
  }
}
