package io.conmonj.monitor.control;

import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.ExecOptions;
import io.conmonj.streaming.TerminalSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.capnproto.PrimitiveList;
import org.capnproto.Text;
import org.capnproto.TextList;

/** Reads how a command shall run from a {@code serveExec} request of our own interface. */
final class ExecFields {
  /** The largest user or group id that runc takes (maxID in libcontainer's user package). */
  private static final int MAX_ID = Integer.MAX_VALUE;

  private static final int MAX_DIGITS = 10;

  private ExecFields() {}

  static ExecOptions options(Conmonj.ServeExecRequest.Reader request) throws BadRequestException {
    return new ExecOptions(
        environment(request.getEnv()),
        workingDirectory(request.getWorkingDirectory()),
        user(request.getUser()),
        groups(request.getAdditionalGroups()),
        size(request.getColumns(), request.getRows()),
        RequestFields.detachKeys(request.getDetachKeys()));
  }

  /** Checked to be variables, {@code NAME=value}. */
  static List<String> environment(TextList.Reader field) throws BadRequestException {
    List<String> variables = RequestFields.texts(field);
    for (String variable : variables) {
      if (variable.indexOf('=') <= 0) {
        throw new BadRequestException("environment variable '" + variable + "' is not NAME=value");
      }
    }
    return variables;
  }

  private static Optional<String> workingDirectory(Text.Reader field) throws BadRequestException {
    return field.size() == 0
        ? Optional.empty()
        : Optional.of(RequestFields.absolutePath("working directory", field));
  }

  private static Optional<String> user(Text.Reader field) throws BadRequestException {
    String user = field.toString();
    if (user.isEmpty()) {
      return Optional.empty();
    }
    int colon = user.indexOf(':');
    boolean valid =
        colon < 0 ? isId(user) : isId(user.substring(0, colon)) && isId(user.substring(colon + 1));
    if (!valid) {
      throw new BadRequestException(
          "user '"
              + user.replace('\0', '?')
              + "' is not uid or uid:gid, in numbers up to "
              + MAX_ID);
    }
    return Optional.of(user);
  }

  private static boolean isId(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return Long.parseLong(text) <= MAX_ID;
  }

  private static List<Integer> groups(PrimitiveList.Int.Reader field) throws BadRequestException {
    List<Integer> groups = new ArrayList<>(field.size());
    for (int i = 0; i < field.size(); i++) {
      int group = field.get(i);
      // The field is unsigned.
      if (group < 0) {
        throw new BadRequestException(
            "group " + Integer.toUnsignedString(group) + " is larger than " + MAX_ID);
      }
      groups.add(group);
    }
    return groups;
  }

  private static Optional<TerminalSize> size(int columns, int rows) throws BadRequestException {
    return columns == 0 && rows == 0
        ? Optional.empty()
        : Optional.of(RequestFields.checked(() -> new TerminalSize(columns, rows)));
  }
}
