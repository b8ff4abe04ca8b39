package io.conmonj.monitor.holder;

/** The numbers of the holder's protocol: {@code native/src/main/c/PROTOCOL.md}. */
final class Protocol {
  static final int VERSION = 1;

  /** The longest packet, in bytes, and what it begins with. */
  static final int PACKET_BYTES = 1536;

  static final int HEADER_BYTES = 16;

  // the header's fields
  static final int AT_VERSION = 0;
  static final int AT_KIND = 2;
  static final int AT_LENGTH = 4;
  static final int AT_SEQUENCE = 8;
  static final int AT_ERRNO = 12;

  // requests
  static final int HELLO = 1;
  static final int READY = 2;
  static final int DEPOSIT = 3;
  static final int WITHDRAW = 4;
  static final int TAKE = 5;
  static final int PUT_STATE = 6;
  static final int GET_STATE = 7;
  static final int SPAWN = 8;
  static final int ADOPT = 9;
  static final int LIST = 10;
  static final int SIGNAL = 11;
  static final int ACKNOWLEDGE = 12;
  static final int LAUNCHES = 13;
  static final int SLEEP = 14;
  static final int END = 15;
  static final int LOG = 16;
  static final int UPGRADE = 17;
  static final int HAND_OVER = 18;
  static final int CHECKED = 19;
  static final int REPLACE = 20;
  static final int ECHO = 21;

  /** Of a request, where an answer has its errno: it is answered only if it fails. */
  static final int QUIET = 1;

  // answers and events
  static final int ANSWER = 128;
  static final int EXITED = 129;
  static final int SIGNALLED = 130;
  static final int CANDIDATE = 131;
  static final int TAKE_OVER = 132;
  static final int ACTIVE = 133;
  static final int RELEASED = 134;

  /** The longest name of a descriptor. */
  static final int NAME_BYTES = 58;

  /** The longest message that is sent back. */
  static final int ECHO_BYTES = 32;

  /** A name with its rule and its length. */
  static final int NAME_RECORD_BYTES = 60;

  /** A process in a list, or in the event that it has ended. */
  static final int PROCESS_BYTES = 40;

  /** The most descriptors that a child is given. */
  static final int SPAWN_DESCRIPTORS = 252;

  static final int SPAWN_BYTES = 16 + 2 * SPAWN_DESCRIPTORS;
  static final int OWN_GROUP = 1;
  static final int STARTED_BYTES = 16;
  static final int ADOPT_BYTES = 24;
  static final int COMMAND_VERSION = 1;

  /** The longest prefix of what the holder logs. */
  static final int LOG_PREFIX_BYTES = 252;

  /** The longest text of a verdict, and a verdict. */
  static final int TEXT_BYTES = 512;

  static final int VERDICT_BYTES = 8 + TEXT_BYTES;

  private Protocol() {}
}
