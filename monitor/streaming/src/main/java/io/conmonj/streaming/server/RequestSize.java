package io.conmonj.streaming.server;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.StreamingRequest;
import java.util.List;

/** What a request takes of the Java heap while it waits, in bytes: a generous estimate. */
final class RequestSize {
  /** The request, its options and its entry in the table. */
  private static final long REQUEST = 512;

  /** A string's two objects and its place in a list. */
  private static final long STRING = 64;

  private RequestSize() {}

  static long of(StreamingRequest request) {
    long size = REQUEST + of(request.target());
    return switch (request) {
      case ExecRequest exec -> size + of(exec.command()) + of(exec.options().environment());
      case AttachRequest _ -> size;
      case PortForwardRequest forward -> size + STRING * forward.ports().size();
    };
  }

  private static long of(List<String> strings) {
    long size = 0;
    for (String each : strings) {
      size += of(each);
    }
    return size;
  }

  private static long of(String text) {
    return STRING + (long) Character.BYTES * text.length();
  }
}
