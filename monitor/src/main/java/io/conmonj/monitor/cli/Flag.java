package io.conmonj.monitor.cli;

import static io.conmonj.monitor.cli.FlagBuilder.flag;

import java.util.List;

/**
 * The monitor's flags: a table of names, values, defaults and help. Most are those of conmon-rs, so
 * that what starts it can start this monitor. Those for the streaming server, for commands whose
 * client has gone and for attaching are ours. A flag on the command line wins over its variable.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists of a FlagBuilder are those of List.of
enum Flag {
  VERSION(
      flag("version")
          .shortName('v')
          .optionalValue("VERBOSITY")
          .choices("default", "full")
          .help("Show version information; \"full\" for all of it.")),
  VERSION_JSON(
      flag("version-json")
          .shortName('j')
          .alias("vj")
          .optionalValue("VERBOSITY")
          .choices("default", "full")
          .help("Show version information as one line of JSON.")),
  LOG_LEVEL(
      flag("log-level")
          .shortName('l')
          .value("LEVEL")
          .choices("trace", "debug", "info", "warn", "error", "off")
          .byDefault("info")
          .help("The least important kind of the monitor's own messages to log.")),
  LOG_DRIVER(
      flag("log-driver")
          .shortName('d')
          .value("DRIVER")
          .choices("none", "stdout", "systemd")
          .byDefault("systemd")
          .help("Where the monitor's own messages go.")),
  RUNTIME(
      flag("runtime")
          .shortName('r')
          .value("RUNTIME")
          .required()
          .help("Path of the OCI runtime's binary; required.")),
  RUNTIME_DIR(
      flag("runtime-dir")
          .value("RUNTIME_DIR")
          .required()
          .help("Directory for the monitor's sockets and files, made if missing; required.")),
  RUNTIME_ROOT(
      flag("runtime-root")
          .value("RUNTIME_ROOT")
          .help("Root directory of the OCI runtime, made if missing.")),
  SKIP_FORK(flag("skip-fork").help("Stay in the foreground and write no pidfile.")),
  ENABLE_TRACING(
      flag("enable-tracing")
          .shortName('e')
          .help("Export traces of calls and of containers' lives.")),
  TRACING_ENDPOINT(
      flag("tracing-endpoint")
          .shortName('t')
          .value("TRACING_ENDPOINT")
          .byDefault("http://127.0.0.1:4317")
          .help("Where traces go: an OpenTelemetry collector that takes OTLP over gRPC.")),

  /** Given by old clients and without effect: each request says how cgroups are made. */
  CGROUP_MANAGER(
      flag("cgroup-manager")
          .shortName('c')
          .value("MANAGER")
          .choices("systemd", "cgroupfs")
          .byDefault("systemd")),
  STREAMING_ADDRESS(
      flag("streaming-address")
          .value("ADDRESS")
          .byDefault("127.0.0.1")
          .help("IP address that the streaming server listens on, from the first URL on.")),
  STREAMING_PORT(
      flag("streaming-port")
          .value("PORT")
          .byDefault("0")
          .help("Port that the streaming server listens on; 0 for any free one.")),
  STREAMING_BASE_URL(
      flag("streaming-base-url")
          .value("URL")
          .help("What streaming URLs begin with, where not with the address and port in use.")),
  STREAMING_IDLE_TIMEOUT(
      flag("streaming-idle-timeout")
          .value("DURATION")
          .byDefault("4h")
          .help(
              "End a streaming session that has carried no data for so long, for example 1h30m; 0"
                  + " for never.")),
  STREAMING_TLS_CERT(
      flag("streaming-tls-cert")
          .value("FILE")
          .help("Serve streaming over TLS with this certificate and its chain (PEM).")),
  STREAMING_TLS_KEY(
      flag("streaming-tls-key")
          .value("FILE")
          .help("Private key of the certificate (PEM, not encrypted).")),
  STREAMING_TLS_CLIENT_CA(
      flag("streaming-tls-client-ca")
          .value("FILE")
          .help("Serve only clients with a certificate signed by one of these CAs (PEM).")),
  STREAMING_TLS_MIN_VERSION(
      flag("streaming-tls-min-version")
          .value("VERSION")
          .choices("VersionTLS12", "VersionTLS13")
          .byDefault("VersionTLS12")
          .help("The least version of TLS to speak.")),
  EXEC_GRACE_PERIOD(
      flag("exec-grace-period")
          .value("DURATION")
          .byDefault("0")
          .help(
              "Kill the process group of a command that runs on so long after its client has gone,"
                  + " for example 5m; 0 for never.")),
  ATTACH_REPLAY_BYTES(
      flag("attach-replay-bytes")
          .value("BYTES")
          .byDefault("16384")
          .help(
              "Keep so much of each container's latest output for those who attach later and ask"
                  + " for it; 0 for nothing.")),
  LOG_RATE_BYTES(
      flag("log-rate-bytes")
          .value("BYTES")
          .byDefault("0")
          .help("Log no more of each stream of a container in a second; 0 for any amount.")),
  LOG_RATE_LINES(
      flag("log-rate-lines")
          .value("LINES")
          .byDefault("0")
          .help("Log no more lines of each stream of a container in a second; 0 for any number.")),
  LOG_RATE_POLICY(
      flag("log-rate-policy")
          .value("POLICY")
          .choices("block", "drop")
          .byDefault("block")
          .help(
              "What becomes of output that exceeds the rate: its writer waits, or it is dropped.")),
  METRICS_ADDRESS(
      flag("metrics-address")
          .value("ADDRESS")
          .help(
              "Loopback address and port at which metrics are told as well as on the socket"
                  + " metrics.sock, for example 127.0.0.1:9100.")),
  SLEEP_AFTER(
      flag("sleep-after")
          .value("DURATION")
          .byDefault("1m")
          .help(
              "Give up all but a small process that waits after so long with nothing to do, for"
                  + " example 30s; 0 for never.")),
  HELP(flag("help").shortName('h').withoutVariable().help("Show this help."));

  /** What follows a flag. */
  enum Takes {
    /** The flag alone says all. */
    NOTHING,
    /** A value, after {@code =} or as the next argument. */
    VALUE,
    /** A value after {@code =}, or none, which means the first of the choices. */
    OPTIONAL_VALUE
  }

  private final String longName;
  private final Character shortName;
  private final List<String> aliases;
  private final String variable;
  private final Takes takes;
  private final String valueName;
  private final String byDefault;
  private final List<String> choices;
  private final String help;

  Flag(FlagBuilder builder) {
    longName = builder.longName;
    shortName = builder.shortName;
    aliases = builder.aliases;
    variable = builder.variable;
    takes = builder.takes;
    valueName = builder.valueName;
    byDefault = builder.byDefault;
    choices = builder.choices;
    help = builder.help;
  }

  /** The name after two dashes. */
  String longName() {
    return longName;
  }

  /** The letter after a single dash; null if there is none. */
  Character shortName() {
    return shortName;
  }

  /** Further names after two dashes. */
  List<String> aliases() {
    return aliases;
  }

  /** The environment variable that stands in for the flag; null if there is none. */
  String variable() {
    return variable;
  }

  Takes takes() {
    return takes;
  }

  /** The value when neither flag nor variable is given; null if that means nothing. */
  String byDefault() {
    return byDefault;
  }

  /** The values that are allowed; empty if all are. */
  List<String> choices() {
    return choices;
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
