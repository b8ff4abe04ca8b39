package io.conmonj.schemagen;

import java.util.Locale;

/** How names of a schema become names of Java. */
final class Names {

  private final Schema schema;

  Names(Schema schema) {
    this.schema = schema;
  }

  /** The class of a file: {@code conmon-old.capnp} becomes {@code ConmonOld}. */
  static String outerClass(String file) {
    String base = file.substring(file.lastIndexOf('/') + 1).replace(".capnp", "");
    StringBuilder name = new StringBuilder();
    for (String part : base.split("-", -1)) {
      name.append(title(part));
    }
    return name.toString();
  }

  static String title(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** {@code senderHosted} becomes {@code SENDER_HOSTED}. */
  static String constant(String name) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        result.append('_');
      }
      result.append(c);
    }
    return result.toString().toUpperCase(Locale.ROOT);
  }

  /**
   * The class of a node as seen from another file. An interface that bears its file's name is that
   * file's class itself.
   */
  String qualified(long id) {
    Node node = schema.node(id);
    if (node.body() instanceof Node.FileBody) {
      return outerClass(node.displayName());
    }
    String scope = qualified(node.scopeId());
    String name = simple(node);
    return name.equals(scope) ? scope : scope + "." + name;
  }

  /** The name of a node in its scope. */
  String simple(Node node) {
    return schema.node(node.scopeId()).nested().stream()
        .filter(nested -> nested.id() == node.id())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("name " + node.displayName()))
        .name();
  }
}
