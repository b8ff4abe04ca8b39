package io.conmonj.monitor.cli;

import io.conmonj.monitor.daemon.StartDirectory;
import io.conmonj.monitor.namespace.IdMappings;
import io.conmonj.monitor.namespace.NamespaceType;
import io.conmonj.monitor.namespace.NamespacesRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What follows the subcommand {@code pause}: the flags of conmon-rs. Not in the table of {@link
 * Flag}, because no start of a monitor is to read them, and because some may be given repeatedly.
 */
final class PauseFlags {
  static final String USAGE = "Usage: conmonj pause [OPTIONS] --pod-id <POD_ID>";

  static final String HELP =
      """
      Makes namespaces for a pod and pins them as files, at PATH/TYPEns/POD_ID. Those of the types that are
      not asked for are the caller's own. It ends when they are there; SIGTERM to the process whose number
      is in PATH/conmonrs/POD_ID.pid ends them, and then all these files are removed.

      """
          + USAGE
          + """


      Options:
        -p, --base-path <PATH>
                Below which they are pinned.
                Default: /var/run
                Variable: CONMON_PAUSE_BASE_PATH
            --pod-id <POD_ID>
                Whose they are; required.
                Variable: CONMON_PAUSE_POD_ID
            --ipc
            --pid
            --net
            --user
            --uts
                Make a new one of this type.
        -u, --uid-mappings <UID_MAPPINGS>
                Users of the user namespace: "CONTAINER_ID HOST_ID SIZE"; required with --user, repeatable.
        -g, --gid-mappings <GID_MAPPINGS>
                Groups, likewise.
      """;

  private static final String BASE_PATH = "base-path";
  private static final String POD_ID = "pod-id";
  private static final String USERS = "uid-mappings";
  private static final String GROUPS = "gid-mappings";

  private final List<NamespaceType> fresh = new ArrayList<>();
  private final List<String> users = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private String base;
  private String podId;
  private boolean help;

  private PauseFlags() {}

  /**
   * Reads the arguments, and the variables of those flags that are not among them.
   *
   * @param arguments what follows the subcommand
   * @param environment variables by name; an empty one counts as unset
   * @throws UsageException for unknown flags, missing values and missing flags
   */
  static PauseFlags read(List<String> arguments, Map<String, String> environment)
      throws UsageException {
    PauseFlags flags = new PauseFlags();
    flags.base = environment.getOrDefault("CONMON_PAUSE_BASE_PATH", "");
    flags.podId = environment.getOrDefault("CONMON_PAUSE_POD_ID", "");
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      flags.readNext(rest.next(), rest);
    }
    if (!flags.help) {
      flags.check();
    }
    return flags;
  }

  /** Whether only help is wanted. */
  boolean help() {
    return help;
  }

  /**
   * What they ask for.
   *
   * @throws IllegalArgumentException for a pod id or a mapping that is none
   */
  NamespacesRequest request() {
    Path path = StartDirectory.resolve(base.isEmpty() ? "/var/run" : base);
    return new NamespacesRequest(podId, path, fresh, new IdMappings(users), new IdMappings(groups));
  }

  private void readNext(String argument, Iterator<String> rest) throws UsageException {
    boolean named = argument.startsWith("--");
    int equals = argument.indexOf('=');
    String flag;
    String attached = null;
    if (named) {
      flag = argument.substring(2, equals < 0 ? argument.length() : equals);
      attached = equals < 0 ? null : argument.substring(equals + 1);
    } else {
      flag = argument.length() < 2 || argument.charAt(0) != '-' ? "" : byLetter(argument.charAt(1));
      if (argument.length() > 2) {
        attached = argument.substring(argument.charAt(2) == '=' ? 3 : 2);
      }
    }
    switch (flag) {
      case BASE_PATH -> base = value(flag, attached, rest);
      case POD_ID -> podId = value(flag, attached, rest);
      case USERS -> users.add(value(flag, attached, rest));
      case GROUPS -> groups.add(value(flag, attached, rest));
      case "ipc" -> make(NamespaceType.IPC, flag, attached);
      case "pid" -> make(NamespaceType.PID, flag, attached);
      case "net" -> make(NamespaceType.NET, flag, attached);
      case "user" -> make(NamespaceType.USER, flag, attached);
      case "uts" -> make(NamespaceType.UTS, flag, attached);
      case "help" -> help = true;
      default -> throw new UsageException("unexpected argument '" + argument + "' found");
    }
  }

  private static String byLetter(char letter) {
    return switch (letter) {
      case 'p' -> BASE_PATH;
      case 'u' -> USERS;
      case 'g' -> GROUPS;
      case 'h' -> "help";
      default -> "";
    };
  }

  private static String value(String flag, String attached, Iterator<String> rest)
      throws UsageException {
    if (attached != null) {
      return attached;
    }
    if (!rest.hasNext()) {
      throw new UsageException(
          "a value is required for '" + shown(flag) + "' but none was supplied");
    }
    return rest.next();
  }

  private void make(NamespaceType type, String flag, String attached) throws UsageException {
    if (attached != null) {
      throw new UsageException("unexpected value '" + attached + "' for '--" + flag + "' found");
    }
    fresh.add(type);
  }

  private void check() throws UsageException {
    StringBuilder missing = new StringBuilder();
    boolean user = fresh.contains(NamespaceType.USER);
    require(missing, POD_ID, !podId.isEmpty());
    require(missing, USERS, !user || !users.isEmpty());
    require(missing, GROUPS, !user || !groups.isEmpty());
    if (!missing.isEmpty()) {
      throw new UsageException("the following required arguments were not provided:" + missing);
    }
  }

  private static void require(StringBuilder missing, String flag, boolean given) {
    if (!given) {
      missing.append("\n  ").append(shown(flag));
    }
  }

  private static String shown(String flag) {
    return switch (flag) {
      case BASE_PATH -> "--base-path <PATH>";
      case POD_ID -> "--pod-id <POD_ID>";
      case USERS -> "--uid-mappings <UID_MAPPINGS>";
      default -> "--gid-mappings <GID_MAPPINGS>";
    };
  }
}
