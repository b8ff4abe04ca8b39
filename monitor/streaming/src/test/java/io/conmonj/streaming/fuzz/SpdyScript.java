package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.peer.HeaderFrames;
import io.conmonj.streaming.peer.SpdyFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A SPDY client that sends what the fuzzer says, well-formed or not, and notes what it meant. */
final class SpdyScript implements AutoCloseable {
  /** A data stream of a forwarded connection goes to the port of this number and its own. */
  static final int FIRST_PORT = 1000;

  private static final int FIN = 1;
  private static final String[] TYPES = {"error", "stdin", "stdout", "stderr", "resize"};
  static final String[] SIZES = {
    "{\"Width\":80,\"Height\":24}", "{\"Width\":1,", "\"Height\":2}", "{}", "{\"Width\":-1}", "x"
  };

  /** What each stream is for, by its number. */
  final Map<Integer, String> types = new TreeMap<>();

  /** What was sent on each stream before its end. */
  final Map<Integer, ByteArrayOutputStream> sent = new HashMap<>();

  final Set<Integer> ended = new HashSet<>();

  /** Streams that the client has reset, or opened wrongly, which gets them reset. */
  final Set<Integer> spoilt = new HashSet<>();

  /** Whether something was sent that may mean anything. */
  boolean isUnclear;

  private final FuzzInput input;
  private final boolean forwards;

  private final HeaderFrames opening = new HeaderFrames();
  private int lastStream = -1;

  SpdyScript(FuzzInput input, boolean forwards) {
    this.input = input;
    this.forwards = forwards;
  }

  @Override
  public void close() {
    opening.close();
  }

  byte[] next() {
    return switch (input.next(20)) {
      case 0, 1, 2, 3 -> open(lastStream + 2, 0);
      case 4, 5 -> openAll();
      case 6 -> open(input.next(12), input.next(4));
      case 7 -> {
        isUnclear = true;
        lastStream += 2;
        yield opening.syn(lastStream, 0, input.literal());
      }
      case 8, 9, 10, 11 -> data(input.payload());
      case 12 -> data(input.one(SIZES).getBytes(StandardCharsets.UTF_8));
      case 13 -> {
        int stream = stream();
        if (types.containsKey(stream)) {
          spoilt.add(stream);
          ended.add(stream);
        }
        yield SpdyFrame.reset(stream, input.next(12));
      }
      case 14 -> SpdyFrame.ping(input.next(4));
      case 15 -> SpdyFrame.goAway(stream());
      case 16 ->
          SpdyFrame.control(input.one(2, 4, 5, 6, 7, 8, 9, 10, 11), input.next(), input.literal());
      case 17 -> {
        isUnclear = true;
        yield SpdyFrame.control(input.next(4), input.next(), input.literal());
      }
      case 18 -> {
        isUnclear = true;
        yield input.literal();
      }
      default -> data(input.literal());
    };
  }

  /** All the streams of a session, or the two of a forwarded connection, as clients open them. */
  private byte[] openAll() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (forwards) {
      int error = lastStream + 2;
      all.writeBytes(open(error, 0, "error", pair("error", error, error)));
      all.writeBytes(open(error + 2, 0, "data", pair("data", error + 2, error)));
    } else {
      for (String type : TYPES) {
        all.writeBytes(open(lastStream + 2, 0, type, new String[] {"streamtype", type}));
      }
    }
    return all.toByteArray();
  }

  private byte[] open(int stream, int flags) {
    if (forwards) {
      String type = input.one("error", "data");
      int port = input.one(stream, stream, -FIRST_PORT, 65_536, 8_000);
      return open(stream, flags, type, pair(type, port, input.one(stream, stream - 2, 0)));
    }
    String type = input.one(TYPES);
    String written = input.one(type, type, type.toUpperCase(Locale.ROOT), "data", "");
    return open(
        stream,
        flags,
        written.equalsIgnoreCase(type) ? type : "",
        new String[] {"streamtype", written, "x", "y"});
  }

  private byte[] open(int stream, int flags, String type, String[] headers) {
    if (stream <= lastStream || (stream & 1) == 0) {
      spoilt.add(stream);
    } else {
      lastStream = stream;
      types.put(stream, type);
      sent.put(stream, new ByteArrayOutputStream());
      if ((flags & FIN) != 0) {
        ended.add(stream);
      }
    }
    return opening.syn(stream, flags, HeaderFrames.block(headers));
  }

  private static String[] pair(String type, int port, int requestId) {
    List<String> headers =
        new ArrayList<>(List.of("streamtype", type, "port", "" + (FIRST_PORT + port)));
    if (requestId > 0) {
      headers.addAll(List.of("requestid", "" + requestId));
    }
    return headers.toArray(String[]::new);
  }

  private byte[] data(byte[] payload) {
    int stream = stream();
    boolean last = input.next(8) == 7;
    if (sent.containsKey(stream) && !ended.contains(stream)) {
      sent.get(stream).writeBytes(payload);
      if (last) {
        ended.add(stream);
      }
    }
    return SpdyFrame.data(stream, payload, last);
  }

  /** One that was opened, mostly. */
  private int stream() {
    int which = input.next();
    List<Integer> known = List.copyOf(types.keySet());
    return which < known.size() ? known.get(which) : which % 16;
  }
}
