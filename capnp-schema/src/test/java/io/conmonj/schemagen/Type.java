package io.conmonj.schemagen;

/** The type of a field, as far as the control protocol's schemas use types. */
sealed interface Type {

  /** A type that lives in the data section, with its width there. */
  enum Primitive implements Type {
    VOID(0, "", "", ""),
    BOOL(1, "boolean", "Boolean", "Boolean"),
    INT8(8, "byte", "Byte", "Byte"),
    INT16(16, "short", "Short", "Short"),
    INT32(32, "int", "Int", "Int"),
    INT64(64, "long", "Long", "Long"),
    UINT8(8, "int", "Byte", "Byte"),
    UINT16(16, "int", "Short", "Short"),
    UINT32(32, "int", "Int", "Int"),
    UINT64(64, "long", "Long", "Long"),
    FLOAT32(32, "float", "Float", "Float"),
    FLOAT64(64, "double", "Double", "Double");

    final int bits;
    final String java;

    /** As in {@code _getShortField}. */
    final String accessor;

    /** As in {@code PrimitiveList.Short}. */
    final String list;

    Primitive(int bits, String java, String accessor, String list) {
      this.bits = bits;
      this.java = java;
      this.accessor = accessor;
      this.list = list;
    }

    /** Whether Java reads it into a wider type so that it cannot be negative. */
    boolean widened() {
      return this == UINT8 || this == UINT16;
    }
  }

  /** UTF-8 text. */
  record Text() implements Type {}

  /** Bytes. */
  record Data() implements Type {}

  /** A list of {@code element}. */
  record ListOf(Type element) implements Type {}

  /** The enum {@code id}. */
  record EnumOf(long id) implements Type {}

  /** The struct {@code id}. */
  record StructOf(long id) implements Type {}

  /** Any pointer; also stands for a capability, which is a pointer the RPC layer understands. */
  record Any() implements Type {}
}
