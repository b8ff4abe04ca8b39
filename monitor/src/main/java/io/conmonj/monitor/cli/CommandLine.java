package io.conmonj.monitor.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command line and the environment say, flag by flag.
 *
 * <p>Written by hand because the monitor's start is measured in milliseconds and a library for this
 * would take a good part of them.
 */
final class CommandLine {
  private static final String SUBCOMMAND = "pause";

  // Not an EnumMap, which finds its keys by reflection: that costs more than reading the flags.
  private final Map<Flag, String> values = new HashMap<>();
  private List<String> pauseArguments;

  private CommandLine() {}

  /**
   * Reads the arguments, then the variables of those flags that are not among them.
   *
   * @param arguments as given to the program
   * @param environment variables by name; an empty one counts as unset
   * @throws UsageException for unknown flags, missing values and values that are not allowed
   */
  static CommandLine read(String[] arguments, Map<String, String> environment)
      throws UsageException {
    CommandLine line = new CommandLine();
    line.readArguments(arguments);
    for (Flag flag : Flag.values()) {
      String value = flag.variable() == null ? null : environment.get(flag.variable());
      if (value != null && !value.isEmpty() && !line.given(flag)) {
        line.put(flag, value);
      }
    }
    return line;
  }

  /** Whether the flag or its variable was given. */
  boolean given(Flag flag) {
    return values.containsKey(flag);
  }

  /** The flag's value or default; null if it has neither. */
  String value(Flag flag) {
    return values.getOrDefault(flag, flag.byDefault());
  }

  /** Whether a flag without a value is on. */
  boolean isOn(Flag flag) {
    return value(flag).equals("true");
  }

  /** What follows the subcommand {@code pause}, not looked at; null where that was not given. */
  List<String> pauseArguments() {
    return pauseArguments;
  }

  private void readArguments(String[] arguments) throws UsageException {
    int next = 0;
    while (next < arguments.length) {
      String argument = arguments[next++];
      if (argument.equals(SUBCOMMAND)) {
        pauseArguments = List.of(arguments).subList(next, arguments.length);
        return;
      } else if (argument.startsWith("--") && argument.length() > 2) {
        next = readLong(argument, arguments, next);
      } else if (argument.startsWith("-") && argument.length() > 1) {
        next = readShort(argument, arguments, next);
      } else {
        throw unexpected(argument);
      }
    }
  }

  private int readLong(String argument, String[] arguments, int next) throws UsageException {
    int equals = argument.indexOf('=');
    String name = argument.substring(2, equals < 0 ? argument.length() : equals);
    Flag flag = byLongName(name);
    if (flag == null) {
      throw unexpected("--" + name);
    }
    return take(flag, equals < 0 ? null : argument.substring(equals + 1), arguments, next);
  }

  // One dash: -e, -l debug, -ldebug, -l=debug, and flags without a value one behind the other.
  private int readShort(String argument, String[] arguments, int next) throws UsageException {
    for (int at = 1; at < argument.length(); at++) {
      Flag flag = byShortName(argument.charAt(at));
      if (flag == null) {
        throw unexpected("-" + argument.charAt(at));
      }
      if (flag.takes() != Flag.Takes.NOTHING) {
        int value = at + 1;
        if (value < argument.length() && argument.charAt(value) == '=') {
          value++;
        }
        boolean attached = at + 1 < argument.length();
        return take(flag, attached ? argument.substring(value) : null, arguments, next);
      }
      take(flag, null, arguments, next);
    }
    return next;
  }

  // Returns the index of the argument to go on with.
  private int take(Flag flag, String attached, String[] arguments, int next) throws UsageException {
    if (given(flag)) {
      throw new UsageException("the argument '" + flag.shown() + "' cannot be used multiple times");
    }
    switch (flag.takes()) {
      case NOTHING -> {
        if (attached != null) {
          throw new UsageException(
              "unexpected value '" + attached + "' for '" + flag.shown() + "' found");
        }
        put(flag, "true");
      }
      case OPTIONAL_VALUE -> put(flag, attached == null ? flag.choices().getFirst() : attached);
      case VALUE -> {
        if (attached == null) {
          if (next == arguments.length) {
            throw new UsageException(
                "a value is required for '" + flag.shown() + "' but none was supplied");
          }
          put(flag, arguments[next]);
          return next + 1;
        }
        put(flag, attached);
      }
    }
    return next;
  }

  private void put(Flag flag, String value) throws UsageException {
    if (!flag.choices().isEmpty() && !flag.choices().contains(value)) {
      throw new UsageException(
          "invalid value '"
              + value
              + "' for '"
              + flag.shown()
              + "'\n  [possible values: "
              + String.join(", ", flag.choices())
              + "]");
    }
    values.put(flag, value);
  }

  private static Flag byLongName(String name) {
    for (Flag flag : Flag.values()) {
      if (flag.longName().equals(name) || flag.aliases().contains(name)) {
        return flag;
      }
    }
    return null;
  }

  private static Flag byShortName(char name) {
    for (Flag flag : Flag.values()) {
      if (flag.shortName() != null && flag.shortName() == name) {
        return flag;
      }
    }
    return null;
  }

  private static UsageException unexpected(String argument) {
    return new UsageException("unexpected argument '" + argument + "' found");
  }
}
