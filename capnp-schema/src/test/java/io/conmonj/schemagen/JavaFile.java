package io.conmonj.schemagen;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes the outer class of one schema file. */
final class JavaFile {

  private final Schema schema;
  private final Names names;
  private final Source out = new Source();
  private final FieldWriter fields;
  private final Set<Long> listed = new HashSet<>();

  private JavaFile(Schema schema) {
    this.schema = schema;
    this.names = new Names(schema);
    this.fields = new FieldWriter(out, names);
    schema.nodes().values().forEach(this::findListed);
  }

  /** The Java source for {@code file}, in the package {@code packageName}. */
  static String write(Schema schema, Schema.RequestedFile file, String packageName) {
    JavaFile java = new JavaFile(schema);
    java.outer(schema.node(file.id()), file.name());
    return head(file.name(), packageName, java.out.toString()) + java.out;
  }

  private static String head(String file, String packageName, String body) {
    Source head = new Source();
    head.add("// Generated from %s by io.conmonj.schemagen; do not edit.".formatted(file));
    head.add("package %s;".formatted(packageName));
    head.gap();
    for (String type : RUNTIME) {
      if (Pattern.compile("\\b" + type + "\\b").matcher(body).find()) {
        head.add("import org.capnproto.%s;".formatted(type));
      }
    }
    head.gap();
    return head.toString();
  }

  private void outer(Node file, String fileName) {
    String name = Names.outerClass(fileName);
    out.add("/** The types of {@code %s}, where they are explained. */".formatted(fileName));
    out.add("public final class %s {".formatted(name));
    for (Node.Nested nested : file.nested()) {
      Node node = schema.node(nested.id());
      if (node.body() instanceof Node.InterfaceBody body && nested.name().equals(name)) {
        interfaceBody(node, body);
      } else {
        declaration(node, nested.name());
      }
    }
    out.gap();
    out.add("private %s() {}".formatted(name));
    out.add("}");
  }

  private static final String[] RUNTIME = {
    "AnyPointer",
    "Data",
    "DataList",
    "EnumList",
    "ListList",
    "PrimitiveList",
    "SegmentBuilder",
    "SegmentReader",
    "StructBuilder",
    "StructFactory",
    "StructList",
    "StructReader",
    "StructSize",
    "Text",
    "TextList"
  };

  private void declaration(Node node, String name) {
    switch (node.body()) {
      case Node.StructBody struct -> struct(node, struct, name);
      case Node.EnumBody body -> enumeration(node, body, name);
      case Node.InterfaceBody body -> {
        out.gap();
        out.add("public static final class %s {".formatted(name));
        interfaceBody(node, body);
        out.gap();
        out.add("private %s() {}".formatted(name));
        out.add("}");
      }
      case Node.FileBody ignored -> throw new IllegalStateException("nest file " + name);
      case Node.OtherBody ignored -> {}
    }
  }

  private void interfaceBody(Node node, Node.InterfaceBody body) {
    out.gap();
    out.add("/** Identifies the interface in a call. */");
    out.add("public static final long INTERFACE_ID = 0x%016xL;".formatted(node.id()));
    for (int i = 0; i < body.methods().size(); i++) {
      Node.Method method = body.methods().get(i);
      out.gap();
      out.add(
          """
          /**
          * {@code %s}: a {@link %s}
          * for a {@link %s}.
          */
          """
              .formatted(
                  method.name(),
                  onlyStruct(method.name(), method.paramsId()),
                  onlyStruct(method.name(), method.resultsId())));
      out.add("public static final int %s = %d;".formatted(Names.constant(method.name()), i));
    }
    nested(node);
  }

  /**
   * The struct that is the one parameter, or result, of a method. The struct Cap'n Proto makes
   * around it is the same for all methods, so it gets no classes of its own.
   */
  private String onlyStruct(String method, long wrapperId) {
    if (schema.node(wrapperId).body() instanceof Node.StructBody wrapper
        && wrapper.fields().size() == 1
        && wrapper.fields().getFirst().content() instanceof Node.Slot slot
        && slot.type() instanceof Type.StructOf struct) {
      return names.qualified(struct.id());
    }
    throw new IllegalArgumentException(
        "generate method " + method + ": give it one request struct and one response struct");
  }

  private void enumeration(Node node, Node.EnumBody body, String name) {
    out.gap();
    out.add("public enum %s {".formatted(name));
    for (String enumerant : body.enumerants()) {
      out.add("%s,".formatted(Names.constant(enumerant)));
    }
    out.add("/** A value from a newer schema. */");
    out.add("NOT_IN_SCHEMA;");
    out.gap();
    out.add("private static final %1$s[] VALUES = values();".formatted(name));
    if (listed.contains(node.id())) {
      out.gap();
      out.add(
          "public static final EnumList.Factory<%1$s> listFactory = new EnumList.Factory<>(VALUES);"
              .formatted(name));
    }
    out.gap();
    out.add("static %1$s of(short value) {".formatted(name));
    out.add("return VALUES[Math.min(Short.toUnsignedInt(value), VALUES.length - 1)];");
    out.add("}");
    out.add("}");
  }

  private void struct(Node node, Node.StructBody body, String name) {
    out.gap();
    if (body.group()) {
      out.add("public static final class %s {".formatted(name));
    } else {
      out.add("public static final class %s".formatted(name));
      out.add("    extends StructFactory<%1$s.Builder, %1$s.Reader> {".formatted(name));
      out.gap();
      out.add("public static final %1$s factory = new %1$s();".formatted(name));
      if (listed.contains(node.id())) {
        out.add("public static final StructList.Factory<Builder, Reader> listFactory =");
        out.add("    new StructList.Factory<>(factory);");
      }
      out.add(
          "private static final StructSize SIZE = new StructSize((short) %d, (short) %d);"
              .formatted(body.dataWords(), body.pointers()));
    }
    discriminants(body);
    out.gap();
    out.add("private %s() {}".formatted(name));
    if (!body.group()) {
      out.add(FACTORY_METHODS);
    }
    out.add(READER_HEAD);
    which(body);
    body.fields().forEach(field -> fields.read(field));
    out.add("}");
    out.add(BUILDER_HEAD);
    body.fields().forEach(field -> fields.build(field, body.discriminantOffset()));
    out.add("}");
    for (Node.Field field : body.fields()) {
      if (field.content() instanceof Node.Group group) {
        Node groupNode = schema.node(group.id());
        struct(groupNode, (Node.StructBody) groupNode.body(), Names.title(field.name()));
      }
    }
    nested(node);
    out.add("}");
  }

  private void nested(Node node) {
    for (Node.Nested nested : node.nested()) {
      declaration(schema.node(nested.id()), nested.name());
    }
  }

  private void discriminants(Node.StructBody body) {
    for (Node.Field field : body.fields()) {
      if (field.discriminant() >= 0) {
        out.add(
            "public static final int %s = %d;"
                .formatted(Names.constant(field.name()), field.discriminant()));
      }
    }
  }

  private void which(Node.StructBody body) {
    if (body.discriminantOffset() >= 0) {
      out.gap();
      out.add("/** Which member of the union is set: one of the constants, or an unknown one. */");
      out.add("public int which() {");
      out.add(
          "return Short.toUnsignedInt(_getShortField(%d));".formatted(body.discriminantOffset()));
      out.add("}");
    }
  }

  private void findListed(Node node) {
    if (node.body() instanceof Node.StructBody struct) {
      for (Node.Field field : struct.fields()) {
        if (field.content() instanceof Node.Slot slot) {
          findListed(slot.type());
        }
      }
    }
  }

  private void findListed(Type type) {
    if (type instanceof Type.ListOf list) {
      switch (list.element()) {
        case Type.StructOf struct -> listed.add(struct.id());
        case Type.EnumOf enumeration -> listed.add(enumeration.id());
        default -> findListed(list.element());
      }
    }
  }

  private static final String FACTORY_METHODS =
      """

      @Override
      public Reader constructReader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
      return new Reader(segment, data, pointers, dataSize, count, nesting);
      }

      @Override
      public Builder constructBuilder(
          SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
      return new Builder(segment, data, pointers, dataSize, count);
      }

      @Override
      public StructSize structSize() {
      return SIZE;
      }

      @Override
      public Reader asReader(Builder builder) {
      return builder.asReader();
      }
      """;

  private static final String READER_HEAD =
      """

      public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
      super(segment, data, pointers, dataSize, count, nesting);
      }
      """;

  private static final String BUILDER_HEAD =
      """

      public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
      super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
      return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }
      """;
}
