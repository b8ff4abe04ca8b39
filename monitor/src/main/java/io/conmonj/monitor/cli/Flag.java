package io.conmonj.monitor.cli;

import static io.conmonj.monitor.cli.Flag.Takes.NOTHING;
import static io.conmonj.monitor.cli.Flag.Takes.OPTIONAL_VALUE;
import static io.conmonj.monitor.cli.Flag.Takes.VALUE;

import java.util.List;

/**
 * The monitor's flags: names, environment variables, defaults and help, one line of a table each.
 * They are those of conmon-rs, so that what starts it starts this, and ours for the streaming
 * server, for commands whose client has gone and for attaching; a flag given on the command line
 * wins over its variable.
 */
enum Flag {
  VERSION(
      'v',
      "version",
      "CONMON_VERSION",
      OPTIONAL_VALUE,
      "VERBOSITY",
      null,
      "default,full",
      "Show version information; \"full\" for all of it."),
  VERSION_JSON(
      'j',
      "version-json",
      "CONMON_VERSION_JSON",
      OPTIONAL_VALUE,
      "VERBOSITY",
      null,
      "default,full",
      "Show version information as one line of JSON."),
  LOG_LEVEL(
      'l',
      "log-level",
      "CONMON_LOG_LEVEL",
      VALUE,
      "LEVEL",
      "info",
      "trace,debug,info,warn,error,off",
      "The least important kind of the monitor's own messages to log."),
  LOG_DRIVER(
      'd',
      "log-driver",
      "CONMON_LOG_DRIVER",
      VALUE,
      "DRIVER",
      "systemd",
      "none,stdout,systemd",
      "Where the monitor's own messages go."),
  RUNTIME(
      'r',
      "runtime",
      "CONMON_RUNTIME",
      VALUE,
      "RUNTIME",
      " ",
      "",
      "Path of the OCI runtime's binary; required."),
  RUNTIME_DIR(
      null,
      "runtime-dir",
      "CONMON_RUNTIME_DIR",
      VALUE,
      "RUNTIME_DIR",
      " ",
      "",
      "Directory for the monitor's sockets and files, made if missing; required."),
  RUNTIME_ROOT(
      null,
      "runtime-root",
      "CONMON_RUNTIME_ROOT",
      VALUE,
      "RUNTIME_ROOT",
      null,
      "",
      "Root directory of the OCI runtime, made if missing."),
  SKIP_FORK(
      null,
      "skip-fork",
      "CONMON_SKIP_FORK",
      NOTHING,
      null,
      "false",
      "true,false",
      "Stay in the foreground and write no pidfile."),
  ENABLE_TRACING(
      'e',
      "enable-tracing",
      "CONMON_ENABLE_TRACING",
      NOTHING,
      null,
      "false",
      "true,false",
      "Accepted; traces are not exported yet."),
  TRACING_ENDPOINT(
      't',
      "tracing-endpoint",
      "CONMON_TRACING_ENDPOINT",
      VALUE,
      "TRACING_ENDPOINT",
      "http://127.0.0.1:4317",
      "",
      "OpenTelemetry endpoint for traces."),
  CGROUP_MANAGER(
      'c',
      "cgroup-manager",
      "CONMON_CGROUP_MANAGER",
      VALUE,
      "MANAGER",
      "systemd",
      "systemd,cgroupfs",
      null),
  STREAMING_ADDRESS(
      null,
      "streaming-address",
      "CONMON_STREAMING_ADDRESS",
      VALUE,
      "ADDRESS",
      "127.0.0.1",
      "",
      "IP address that the streaming server listens on, from the first URL on."),
  STREAMING_PORT(
      null,
      "streaming-port",
      "CONMON_STREAMING_PORT",
      VALUE,
      "PORT",
      "0",
      "",
      "Port that the streaming server listens on; 0 for any free one."),
  STREAMING_BASE_URL(
      null,
      "streaming-base-url",
      "CONMON_STREAMING_BASE_URL",
      VALUE,
      "URL",
      null,
      "",
      "What streaming URLs begin with, where not with the address and port in use."),
  STREAMING_IDLE_TIMEOUT(
      null,
      "streaming-idle-timeout",
      "CONMON_STREAMING_IDLE_TIMEOUT",
      VALUE,
      "DURATION",
      "4h",
      "",
      "End a streaming session that has carried no data for so long, for example 1h30m; 0 for never."),
  STREAMING_TLS_CERT(
      null,
      "streaming-tls-cert",
      "CONMON_STREAMING_TLS_CERT",
      VALUE,
      "FILE",
      null,
      "",
      "Serve streaming over TLS with this certificate and its chain (PEM)."),
  STREAMING_TLS_KEY(
      null,
      "streaming-tls-key",
      "CONMON_STREAMING_TLS_KEY",
      VALUE,
      "FILE",
      null,
      "",
      "Private key of the certificate (PEM, not encrypted)."),
  STREAMING_TLS_CLIENT_CA(
      null,
      "streaming-tls-client-ca",
      "CONMON_STREAMING_TLS_CLIENT_CA",
      VALUE,
      "FILE",
      null,
      "",
      "Serve only clients with a certificate signed by one of these CAs (PEM)."),
  STREAMING_TLS_MIN_VERSION(
      null,
      "streaming-tls-min-version",
      "CONMON_STREAMING_TLS_MIN_VERSION",
      VALUE,
      "VERSION",
      "VersionTLS12",
      "VersionTLS12,VersionTLS13",
      "The least version of TLS to speak."),
  EXEC_GRACE_PERIOD(
      null,
      "exec-grace-period",
      "CONMON_EXEC_GRACE_PERIOD",
      VALUE,
      "DURATION",
      "0",
      "",
      "Kill the process group of a command that runs on so long after its client has gone, for"
          + " example 5m; 0 for never."),
  ATTACH_REPLAY_BYTES(
      null,
      "attach-replay-bytes",
      "CONMON_ATTACH_REPLAY_BYTES",
      VALUE,
      "BYTES",
      "16384",
      "",
      "Keep so much of each container's latest output for those who attach later and ask for it; 0"
          + " for nothing."),
  HELP('h', "help", null, NOTHING, null, "false", "", "Show this help.");

  /** What follows a flag. */
  enum Takes {
    /** The flag alone says all. */
    NOTHING,
    /** A value, after {@code =} or as the next argument. */
    VALUE,
    /** A value after {@code =}, or none, which means the first of the choices. */
    OPTIONAL_VALUE
  }

  private final Character shortName;
  private final String longName;
  private final String variable;
  private final Takes takes;
  private final String valueName;
  private final String byDefault;
  private final String choices;
  private final String help;

  Flag(
      Character shortName,
      String longName,
      String variable,
      Takes takes,
      String valueName,
      String byDefault,
      String choices,
      String help) {
    this.shortName = shortName;
    this.longName = longName;
    this.variable = variable;
    this.takes = takes;
    this.valueName = valueName;
    this.byDefault = byDefault;
    this.choices = choices;
    this.help = help;
  }

  /** The letter after a single dash; null if there is none. */
  Character shortName() {
    return shortName;
  }

  /** The name after two dashes. */
  String longName() {
    return longName;
  }

  /** Further names after two dashes. */
  List<String> aliases() {
    return this == VERSION_JSON ? List.of("vj") : List.of();
  }

  /** The environment variable that stands in for the flag; null if there is none. */
  String variable() {
    return variable;
  }

  Takes takes() {
    return takes;
  }

  /** What help calls the value; null for a flag without one. */
  String valueName() {
    return valueName;
  }

  /** The value when neither flag nor variable is given; null if that means nothing. */
  String byDefault() {
    return byDefault;
  }

  /** The values that are allowed; empty if all are. */
  List<String> choices() {
    return choices.isEmpty() ? List.of() : List.of(choices.split(","));
  }

  /** One sentence; null for a flag that help does not show. */
  String help() {
    return help;
  }

  /** The flag as messages name it, for example {@code --runtime <RUNTIME>}. */
  String shown() {
    return switch (takes) {
      case NOTHING -> "--" + longName;
      case VALUE -> "--" + longName + " <" + valueName + ">";
      case OPTIONAL_VALUE -> "--" + longName + "[=<" + valueName + ">]";
    };
  }
}
