package io.conmonj.monitor.control;

import io.conmonj.schema.Conmon;
import io.conmonj.streaming.DetachKeys;
import io.conmonj.streaming.Stdio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.capnproto.StructList;
import org.capnproto.Text;
import org.capnproto.TextList;

/** Reads the parts that several requests have in common, and checks them. */
final class RequestFields {
  private RequestFields() {}

  /** A container's id; whether it can be one, or is known, is for the containers to say. */
  static String id(Text.Reader field) throws BadRequestException {
    String id = field.toString();
    if (id.isEmpty()) {
      throw new BadRequestException("container id is empty");
    }
    return withoutNul(id);
  }

  /** A path that does not depend on where the monitor runs. */
  static String absolutePath(String name, Text.Reader field) throws BadRequestException {
    return absolutePath(name, field.toString());
  }

  /** A list of paths that do not depend on where the monitor runs. */
  static List<String> absolutePaths(String name, TextList.Reader field) throws BadRequestException {
    List<String> paths = texts(field);
    for (String path : paths) {
      absolutePath(name, path);
    }
    return paths;
  }

  /** A program and its arguments. */
  static List<String> command(TextList.Reader field) throws BadRequestException {
    List<String> command = texts(field);
    if (command.isEmpty()) {
      throw new BadRequestException("command is empty");
    }
    return command;
  }

  /** A list of texts; none of them can be passed on to a process if it holds a NUL. */
  static List<String> texts(TextList.Reader field) throws BadRequestException {
    List<String> texts = new ArrayList<>(field.size());
    for (int i = 0; i < field.size(); i++) {
      texts.add(withoutNul(field.get(i).toString()));
    }
    return texts;
  }

  /** Environment variables, as {@code NAME=value}. */
  static List<String> environment(StructList.Reader<Conmon.TextTextMapEntry.Reader> field)
      throws BadRequestException {
    List<String> variables = new ArrayList<>(field.size());
    for (int i = 0; i < field.size(); i++) {
      String name = field.get(i).getKey().toString();
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new BadRequestException("environment variable has the name '" + name + "'");
      }
      variables.add(withoutNul(name + '=' + field.get(i).getValue()));
    }
    return variables;
  }

  /** The streams that a session carries. */
  static Stdio stdio(boolean stdin, boolean stdout, boolean stderr, boolean terminal)
      throws BadRequestException {
    return checked(() -> new Stdio(stdin, stdout, stderr, terminal));
  }

  /** What a client types to detach. */
  static Optional<DetachKeys> detachKeys(Text.Reader field) throws BadRequestException {
    String text = field.toString();
    return text.isEmpty() ? Optional.empty() : Optional.of(checked(() -> DetachKeys.parse(text)));
  }

  /** Makes something that looks itself at what it is made of, and tells the caller what it says. */
  static <T> T checked(Supplier<T> maker) throws BadRequestException {
    try {
      return maker.get();
    } catch (IllegalArgumentException wrong) {
      throw new BadRequestException(wrong.getMessage());
    }
  }

  private static String absolutePath(String name, String path) throws BadRequestException {
    if (path.isEmpty() || path.charAt(0) != '/') {
      throw new BadRequestException(name + " '" + path + "' is not an absolute path");
    }
    return withoutNul(path);
  }

  private static String withoutNul(String text) throws BadRequestException {
    if (text.indexOf('\0') >= 0) {
      throw new BadRequestException("'" + text.replace('\0', '?') + "' contains a NUL");
    }
    return text;
  }
}
