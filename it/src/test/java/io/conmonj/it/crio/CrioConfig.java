package io.conmonj.it.crio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CRI-O's configuration for a node in a directory.
 *
 * @param directory of the node
 * @param programs CRI-O and what it needs
 * @param monitor what {@code monitor_path} names
 */
public record CrioConfig(Path directory, CrioPrograms programs, Path monitor) {
  /** The image that is always there: it sleeps unless told otherwise. */
  public static final BusyboxImage IMAGE =
      new BusyboxImage("localhost/busybox:latest", List.of("sleep", "1000000"));

  /** What runs in a pod's infra container: it ends when it is told to, and has no zombies. */
  static final BusyboxImage PAUSE =
      new BusyboxImage(
          "localhost/pause:latest",
          List.of("sh", "-c", "trap 'exit 0' TERM; tail -f /dev/null & while :; do wait; done"));

  private static final String NODE =
      """
      [crio]
      root = "DIR/root"
      runroot = "DIR/runroot"
      storage_driver = "overlay"
      log_dir = "DIR/log"
      version_file = "DIR/version"
      version_file_persist = "DIR/version-persist"
      clean_shutdown_file = "DIR/clean.shutdown"
      internal_wipe = false
      [crio.api]
      listen = "DIR/crio.sock"
      stream_address = "127.0.0.1"
      stream_port = "0"
      [crio.runtime]
      default_runtime = "conmonj"
      cgroup_manager = "cgroupfs"
      pinns_path = "PINNS"
      container_exits_dir = "DIR/exits"
      container_attach_socket_dir = "DIR/sockets"
      namespaces_dir = "DIR/ns"
      hooks_dir = ["DIR/empty"]
      apparmor_profile = "unconfined"
      irqbalance_config_file = ""
      irqbalance_config_restore_file = "disable"
      disable_hostport_mapping = true
      log_level = "debug"
      [crio.runtime.runtimes.conmonj]
      runtime_path = "DIR/runc"
      runtime_type = "pod"
      runtime_root = "DIR/runc-root"
      monitor_path = "MONITOR"
      monitor_cgroup = "pod"
      stream_websockets = WEBSOCKETS
      [crio.image]
      signature_policy = "DIR/policy.json"
      signature_policy_dir = "DIR/empty"
      pause_image = "PAUSE"
      pause_command = ""
      [crio.network]
      network_dir = "DIR/network"
      plugin_dirs = ["PLUGINS"]
      [crio.nri]
      enable_nri = false
      """;

  /** The interface of the machine that the pods are connected to. */
  static final String BRIDGE_NAME = "conmonj-crio";

  private static final String BRIDGE =
      """
      {"cniVersion":"1.0.0","name":"conmonj","plugins":[{"type":"bridge","bridge":"LINK",\
      "isGateway":true,"ipam":{"type":"host-local","dataDir":"DIR/addresses",\
      "ranges":[[{"subnet":"10.88.77.0/24"}]]}}]}
      """;

  /** Writes all files. */
  void write(boolean webSockets) throws IOException {
    Files.createDirectories(directory.resolve("empty"));
    Files.writeString(
        directory.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    Path network = Files.createDirectories(directory.resolve("network"));
    Files.writeString(network.resolve("bridge.conflist"), filled(BRIDGE));
    RuntimeFilter.write(directory.resolve("runc"));
    writeDropIn(webSockets);
  }

  /** Writes what changes with {@code stream_websockets}; CRI-O reads it when it starts. */
  void writeDropIn(boolean webSockets) throws IOException {
    Path drops = Files.createDirectories(directory.resolve("conf.d"));
    Files.writeString(
        drops.resolve("10-node.conf"),
        filled(NODE).replace("WEBSOCKETS", Boolean.toString(webSockets)));
  }

  private String filled(String template) {
    return template
        .replace("PINNS", programs.program("pinns"))
        .replace("MONITOR", monitor.toString())
        .replace("PAUSE", PAUSE.name())
        .replace("LINK", BRIDGE_NAME)
        .replace("PLUGINS", programs.networkPlugins().toString())
        .replace("DIR", directory.toString());
  }
}
