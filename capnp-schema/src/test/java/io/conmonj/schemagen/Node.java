package io.conmonj.schemagen;

import java.util.List;

/**
 * A declaration in a schema file.
 *
 * @param id as on the wire
 * @param displayName the name for people, file included
 * @param scopeId the declaration it lies in; 0 for files and for the structs that Cap'n Proto makes
 *     of a method's parameters
 * @param nested the declarations inside it, in their order
 * @param body what it is
 */
record Node(long id, String displayName, long scopeId, List<Nested> nested, Body body) {

  /** The name of a declaration within its scope. */
  record Nested(String name, long id) {}

  /** What a node is. */
  sealed interface Body {}

  /** A file. */
  record FileBody() implements Body {}

  /** A declaration that makes no code: a constant or an annotation. */
  record OtherBody() implements Body {}

  /**
   * A struct or a group in one.
   *
   * @param discriminantOffset of the union's tag, in units of 16 bits; -1 without a union
   */
  record StructBody(
      int dataWords, int pointers, boolean group, int discriminantOffset, List<Field> fields)
      implements Body {}

  /** An enum with its names by ordinal. */
  record EnumBody(List<String> enumerants) implements Body {}

  /** An interface with its methods by ordinal. */
  record InterfaceBody(List<Method> methods) implements Body {}

  /** A method; its parameters and results are structs. */
  record Method(String name, long paramsId, long resultsId) {}

  /**
   * A field of a struct.
   *
   * @param codeOrder its place in the source
   * @param discriminant its value of the union's tag; -1 outside a union
   * @param content where its value lies
   */
  record Field(String name, int codeOrder, int discriminant, Content content) {}

  /** Where a field's value lies. */
  sealed interface Content {}

  /**
   * A value of its own.
   *
   * @param offset in units of its size in the data section, or the number of its pointer
   * @param defaultBits what the stored bits are xor-ed with
   */
  record Slot(int offset, Type type, long defaultBits) implements Content {}

  /** Fields with a name in common, node {@code id}. */
  record Group(long id) implements Content {}
}
