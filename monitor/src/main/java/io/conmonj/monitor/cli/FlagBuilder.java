package io.conmonj.monitor.cli;

import io.conmonj.monitor.cli.Flag.Takes;
import java.util.List;
import java.util.Locale;

/**
 * Says what a flag is, part by part, for the table in {@link Flag}. Without further words it is a
 * switch that is off, whose variable is {@code CONMON_} and its name.
 */
final class FlagBuilder {
  private static final String VARIABLE_PREFIX = "CONMON_";

  /** What a switch's variable may say; a switch on the command line has no value. */
  private static final List<String> ON_OR_OFF = List.of("true", "false");

  final String longName;
  Character shortName;
  List<String> aliases = List.of();
  String variable;
  Takes takes = Takes.NOTHING;
  String valueName;
  String byDefault = "false";
  List<String> choices = ON_OR_OFF;
  String help;

  private FlagBuilder(String longName) {
    this.longName = longName;
    variable = VARIABLE_PREFIX + longName.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Begins with the name that follows two dashes. */
  static FlagBuilder flag(String longName) {
    return new FlagBuilder(longName);
  }

  /** The letter that follows a single dash. */
  FlagBuilder shortName(char known) {
    shortName = known;
    return this;
  }

  /** A further name after two dashes. */
  FlagBuilder alias(String name) {
    aliases = List.of(name);
    return this;
  }

  /** On the command line only. */
  FlagBuilder withoutVariable() {
    variable = null;
    choices = List.of();
    return this;
  }

  /** Has a value, which help calls so; any is allowed, and none is the default. */
  FlagBuilder value(String name) {
    takes = Takes.VALUE;
    valueName = name;
    byDefault = null;
    choices = List.of();
    return this;
  }

  /** May have a value, which help calls so; without it the flag means the first of the choices. */
  FlagBuilder optionalValue(String name) {
    value(name);
    takes = Takes.OPTIONAL_VALUE;
    return this;
  }

  /** What counts when neither flag nor variable is given. */
  FlagBuilder byDefault(String value) {
    byDefault = value;
    return this;
  }

  /** Has to be given; that it was is checked when it is used, and until then it is blank. */
  FlagBuilder required() {
    return byDefault(" ");
  }

  /** The only values that are allowed. */
  FlagBuilder choices(String... allowed) {
    choices = List.of(allowed);
    return this;
  }

  /** One sentence. A flag without is not shown. */
  FlagBuilder help(String sentence) {
    help = sentence;
    return this;
  }
}
