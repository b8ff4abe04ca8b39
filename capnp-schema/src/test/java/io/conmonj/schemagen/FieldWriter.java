package io.conmonj.schemagen;

/** Writes the accessors of one field. */
final class FieldWriter {

  private final Source out;
  private final Names names;

  FieldWriter(Source out, Names names) {
    this.out = out;
    this.names = names;
  }

  /** Writes what a {@code Reader} has for {@code field}. */
  void read(Node.Field field) {
    String title = Names.title(field.name());
    switch (field.content()) {
      case Node.Group ignored -> {
        String arguments = "segment, data, pointers, dataSize, pointerCount, nestingLimit";
        method(
            "public %1$s.Reader get%1$s()".formatted(title),
            "return new %s.Reader(\n    %s);".formatted(title, arguments));
      }
      case Node.Slot slot when slot.type() == Type.Primitive.VOID -> {}
      case Node.Slot slot -> {
        if (isPointer(slot.type()) && field.discriminant() < 0) {
          method(
              "public boolean has%s()".formatted(title),
              "return !_pointerFieldIsNull(%d);".formatted(slot.offset()));
        }
        method("public %s get%s()".formatted(readerType(slot.type()), title), get(slot));
      }
    }
  }

  /**
   * Writes what a {@code Builder} has for {@code field}; it also marks it as the union's member.
   */
  void build(Node.Field field, int tagOffset) {
    String title = Names.title(field.name());
    String tag =
        field.discriminant() < 0
            ? ""
            : "_setShortField(%d, (short) %s);\n"
                .formatted(tagOffset, Names.constant(field.name()));
    switch (field.content()) {
      case Node.Group ignored ->
          method(
              "public %1$s.Builder init%1$s()".formatted(title),
              tag
                  + "return new %s.Builder(segment, data, pointers, dataSize, pointerCount);"
                      .formatted(title));
      case Node.Slot slot -> {
        switch (slot.type()) {
          case Type.Primitive primitive -> setPrimitive(title, tag, slot, primitive);
          case Type.EnumOf enumeration ->
              method(
                  "public void set%s(%s value)".formatted(title, names.qualified(enumeration.id())),
                  tag
                      + "_setShortField(%d, (short) value.ordinal()%s);"
                          .formatted(slot.offset(), mask(slot, "short")));
          case Type.Text ignored -> {
            setBlob(title, tag, slot, "Text", "String");
          }
          case Type.Data ignored -> {
            setBlob(title, tag, slot, "Data", "byte[]");
            init(title, tag, slot, "Data.Builder", true);
            method(
                "public AnyPointer.Builder pointerTo%s()".formatted(title),
                tag + "return _getPointerField(AnyPointer.factory, %d);".formatted(slot.offset()));
          }
          case Type.ListOf list -> init(title, tag, slot, type(list, "Builder"), true);
          case Type.StructOf struct -> {
            init(title, tag, slot, type(struct, "Builder"), false);
            method(
                "public void set%s(%s value)".formatted(title, type(struct, "Reader")),
                tag + "_setPointerField(%s, %d, value);".formatted(factory(struct), slot.offset()));
          }
          case Type.Any ignored -> init(title, tag, slot, "AnyPointer.Builder", false);
        }
      }
    }
  }

  private void setPrimitive(String title, String tag, Node.Slot slot, Type.Primitive primitive) {
    if (primitive == Type.Primitive.VOID) {
      if (!tag.isEmpty()) {
        method("public void set%s()".formatted(title), tag.strip());
      }
      return;
    }
    String narrow = primitive.widened() ? "(%s) ".formatted(narrow(primitive)) : "";
    method(
        "public void set%s(%s value)".formatted(title, primitive.java),
        tag
            + "_set%sField(%d, %svalue%s);"
                .formatted(
                    primitive.accessor, slot.offset(), narrow, mask(slot, narrow(primitive))));
  }

  private void setBlob(String title, String tag, Node.Slot slot, String kind, String java) {
    method(
        "public void set%s(%s value)".formatted(title, java),
        tag
            + "_setPointerField(%1$s.factory, %2$d, new %1$s.Reader(value));"
                .formatted(kind, slot.offset()));
  }

  private void init(String title, String tag, Node.Slot slot, String type, boolean sized) {
    method(
        "public %s init%s(%s)".formatted(type, title, sized ? "int size" : ""),
        tag
            + "return _initPointerField(%s, %d, %s);"
                .formatted(factory(slot.type()), slot.offset(), sized ? "size" : "0"));
  }

  private String get(Node.Slot slot) {
    int offset = slot.offset();
    return switch (slot.type()) {
      case Type.Primitive primitive -> {
        String raw =
            "_get%sField(%d%s)"
                .formatted(primitive.accessor, offset, mask(slot, narrow(primitive)));
        yield primitive.widened()
            ? "return %s.toUnsignedInt(%s);".formatted(primitive.list, raw)
            : "return %s;".formatted(raw);
      }
      case Type.EnumOf enumeration ->
          "return %s.of(_getShortField(%d%s));"
              .formatted(names.qualified(enumeration.id()), offset, mask(slot, "short"));
      case Type.Text ignored ->
          "return _getPointerField(Text.factory, %d, null, 0, 0);".formatted(offset);
      case Type.Data ignored ->
          "return _getPointerField(Data.factory, %d, null, 0, 0);".formatted(offset);
      default -> "return _getPointerField(%s, %d);".formatted(factory(slot.type()), offset);
    };
  }

  private static String mask(Node.Slot slot, String java) {
    if (slot.defaultBits() == 0) {
      return "";
    }
    return switch (java) {
      case "boolean" -> ", true";
      case "long" -> ", %dL".formatted(slot.defaultBits());
      case "int" -> ", %d".formatted((int) slot.defaultBits());
      default -> ", (%s) %d".formatted(java, slot.defaultBits());
    };
  }

  private static String narrow(Type.Primitive primitive) {
    return switch (primitive) {
      case UINT8 -> "byte";
      case UINT16 -> "short";
      default -> primitive.java;
    };
  }

  private static boolean isPointer(Type type) {
    return !(type instanceof Type.Primitive || type instanceof Type.EnumOf);
  }

  private String readerType(Type type) {
    return switch (type) {
      case Type.Primitive primitive -> primitive.java;
      case Type.EnumOf enumeration -> names.qualified(enumeration.id());
      default -> type(type, "Reader");
    };
  }

  private String type(Type type, String suffix) {
    return switch (type) {
      case Type.Text ignored -> "Text." + suffix;
      case Type.Data ignored -> "Data." + suffix;
      case Type.Any ignored -> "AnyPointer." + suffix;
      case Type.StructOf struct -> names.qualified(struct.id()) + "." + suffix;
      case Type.EnumOf enumeration -> names.qualified(enumeration.id());
      case Type.Primitive primitive -> "PrimitiveList." + primitive.list + "." + suffix;
      case Type.ListOf list ->
          switch (list.element()) {
            case Type.Text ignored -> "TextList." + suffix;
            case Type.Data ignored -> "DataList." + suffix;
            case Type.Primitive primitive -> type(primitive, suffix);
            case Type.StructOf struct ->
                "StructList.%s<%s>".formatted(suffix, type(struct, suffix));
            case Type.EnumOf element -> "EnumList.%s<%s>".formatted(suffix, type(element, suffix));
            case Type.ListOf inner -> "ListList.%s<%s>".formatted(suffix, type(inner, suffix));
            case Type.Any ignored -> throw new IllegalArgumentException("generate list of any");
          };
    };
  }

  private String factory(Type type) {
    return switch (type) {
      case Type.Any ignored -> "AnyPointer.factory";
      case Type.Text ignored -> "Text.factory";
      case Type.Data ignored -> "Data.factory";
      case Type.StructOf struct -> names.qualified(struct.id()) + ".factory";
      case Type.ListOf list ->
          switch (list.element()) {
            case Type.Text ignored -> "TextList.factory";
            case Type.Data ignored -> "DataList.factory";
            case Type.Primitive primitive -> "PrimitiveList.%s.factory".formatted(primitive.list);
            case Type.StructOf struct -> names.qualified(struct.id()) + ".listFactory";
            case Type.EnumOf element -> names.qualified(element.id()) + ".listFactory";
            case Type.ListOf inner -> "new ListList.Factory<>(%s)".formatted(factory(inner));
            case Type.Any ignored -> throw new IllegalArgumentException("generate list of any");
          };
      default -> throw new IllegalArgumentException("generate factory of " + type);
    };
  }

  private void method(String head, String body) {
    out.gap();
    out.add(head + " {");
    out.add(body);
    out.add("}");
  }
}
