package io.conmonj.streaming.spdy;

/** Why a connection is ended: status codes of GOAWAY (SPDY/3.1, section 2.6.6). */
enum SessionStatus {
  OK(0),
  PROTOCOL_ERROR(1),
  INTERNAL_ERROR(2);

  private final int code;

  SessionStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
