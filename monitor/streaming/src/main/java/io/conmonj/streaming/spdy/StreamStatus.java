package io.conmonj.streaming.spdy;

/** Why a stream is reset: status codes of RST_STREAM (SPDY/3.1, section 2.6.3). */
enum StreamStatus {
  PROTOCOL_ERROR(1),
  REFUSED_STREAM(3),
  CANCEL(5);

  private final int code;

  StreamStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
