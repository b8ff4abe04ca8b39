package io.conmonj.schemagen;

import io.conmonj.schemagen.Node.Body;
import io.conmonj.schemagen.Node.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.capnproto.ReaderOptions;
import org.capnproto.Serialize;

/**
 * What a {@code CodeGeneratorRequest} says.
 *
 * <p>The offsets are those of {@code schema.capnp}, as {@code capnp compile -ocapnp schema.capnp}
 * prints them.
 *
 * @param nodes every declaration, also of imported files, by id
 * @param files the files to generate code for
 */
record Schema(Map<Long, Node> nodes, List<RequestedFile> files) {

  /** A file that was named on the command line. */
  record RequestedFile(long id, String name) {}

  /** Reads a serialized {@code CodeGeneratorRequest}. */
  static Schema read(byte[] request) throws IOException {
    ReaderOptions trusted = new ReaderOptions(Integer.MAX_VALUE, 64);
    RawStruct root =
        Serialize.read(Channels.newChannel(new ByteArrayInputStream(request)), trusted)
            .getRoot(RawStruct.FACTORY);
    Map<Long, Node> nodes =
        root.list(0, Schema::node).stream()
            .collect(Collectors.toMap(Node::id, Function.identity()));
    return new Schema(nodes, root.list(1, file -> new RequestedFile(file.i64(0), file.text(0))));
  }

  /** The declaration {@code id}, which must exist. */
  Node node(long id) {
    Node node = nodes.get(id);
    if (node == null) {
      throw new IllegalArgumentException("find node " + Long.toHexString(id) + ": not in request");
    }
    return node;
  }

  private static Node node(RawStruct raw) {
    return new Node(
        raw.i64(0),
        raw.text(0),
        raw.i64(2),
        raw.list(1, nested -> new Node.Nested(nested.text(0), nested.i64(0))),
        body(raw));
  }

  private static Body body(RawStruct raw) {
    return switch (raw.u16(6)) {
      case 0 -> new Node.FileBody();
      case 1 ->
          new Node.StructBody(
              raw.u16(7),
              raw.u16(12),
              raw.bool(224),
              raw.u16(15) == 0 ? -1 : raw.i32(8),
              raw.list(3, Schema::field));
      case 2 -> new Node.EnumBody(raw.list(3, enumerant -> enumerant.text(0)));
      case 3 ->
          new Node.InterfaceBody(
              raw.list(3, method -> new Node.Method(method.text(0), method.i64(1), method.i64(2))));
      default -> new Node.OtherBody();
    };
  }

  private static Node.Field field(RawStruct raw) {
    int noDiscriminant = 0xffff; // schema.capnp: Field.noDiscriminant, also the field's default
    int discriminant = raw.u16(1) ^ noDiscriminant;
    Content content =
        raw.u16(4) == 0
            ? new Node.Slot(raw.i32(1), type(raw.struct(2)), value(raw.struct(3)))
            : new Node.Group(raw.i64(2));
    return new Node.Field(
        raw.text(0), raw.u16(0), discriminant == noDiscriminant ? -1 : discriminant, content);
  }

  private static Type type(RawStruct raw) {
    int which = raw.u16(0);
    Type.Primitive[] primitives = Type.Primitive.values();
    if (which < primitives.length) {
      return primitives[which];
    }
    return switch (which) {
      case 12 -> new Type.Text();
      case 13 -> new Type.Data();
      case 14 -> new Type.ListOf(type(raw.struct(0)));
      case 15 -> new Type.EnumOf(raw.i64(1));
      case 16 -> new Type.StructOf(raw.i64(1));
      case 17, 18 -> new Type.Any();
      default -> throw new IllegalArgumentException("read type: unknown kind " + which);
    };
  }

  private static long value(RawStruct raw) {
    return switch (raw.u16(0)) {
      case 1 -> raw.bool(16) ? 1 : 0;
      case 2, 6 -> raw.u8(2);
      case 3, 7, 15 -> raw.u16(1);
      case 4, 8, 10 -> Integer.toUnsignedLong(raw.i32(1));
      case 5, 9, 11 -> raw.i64(1);
      default -> 0;
    };
  }
}
