package io.conmonj.it.kube;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;

/**
 * The configuration of a node in a directory, all of it on loopback: what the kubelet cannot have
 * on such a machine (cgroups of version 2, iptables, room on disks) is turned off by its own
 * settings, and the API server needs no controllers.
 *
 * @param directory of the node
 * @param crio CRI-O's directory
 * @param programs Kubernetes' own
 * @param store etcd's port
 * @param peers etcd's port for other members, of which there are none
 * @param api the API server's port
 * @param kubelet the kubelet's port
 */
record KubeConfig(
    Path directory, Path crio, KubePrograms programs, int store, int peers, int api, int kubelet) {
  /** The node's name, which is also the address where the API server finds the kubelet. */
  static final String NODE = "127.0.0.1";

  /** How long a log may become before the kubelet rotates it. */
  static final String LOG_SIZE = "100Ki";

  private static final String TOKEN = "conmonj-it";

  private static final String KUBELET =
      """
      apiVersion: kubelet.config.k8s.io/v1beta1
      kind: KubeletConfiguration
      address: 127.0.0.1
      port: KUBELET
      readOnlyPort: 0
      healthzPort: 0
      authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
      authorization: {mode: AlwaysAllow}
      containerRuntimeEndpoint: unix://CRIO/crio.sock
      cgroupDriver: cgroupfs
      failCgroupV1: false
      failSwapOn: false
      enforceNodeAllocatable: []
      oomScoreAdj: 0
      makeIPTablesUtilChains: false
      localStorageCapacityIsolation: false
      evictionHard: {memory.available: "0%", nodefs.available: "0%", nodefs.inodesFree: "0%", imagefs.available: "0%"}
      imageGCHighThresholdPercent: 100
      imageGCLowThresholdPercent: 99
      podLogsDir: DIR/logs
      volumePluginDir: DIR/volume-plugins
      containerLogMaxSize: SIZE
      containerLogMaxFiles: 100
      containerLogMonitorInterval: 3s
      """;

  private static final String CLIENT =
      """
      apiVersion: v1
      kind: Config
      current-context: node
      clusters: [{name: node, cluster: {server: "https://127.0.0.1:API", certificate-authority: DIR/tls/apiserver.crt}}]
      users: [{name: node, user: {token: TOKEN}}]
      contexts: [{name: node, context: {cluster: node, user: node}}]
      """;

  /** One with ports that are free. */
  static KubeConfig choose(Path directory, Path crio, KubePrograms programs) throws IOException {
    return new KubeConfig(
        directory, crio, programs, freePort(), freePort(), freePort(), freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Writes all files. */
  void write() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("kubelet.yaml"), filled(KUBELET));
    Files.writeString(client(), filled(CLIENT));
    Files.writeString(directory.resolve("tokens.csv"), TOKEN + ",admin,1,\"system:masters\"\n");
    Files.writeString(directory.resolve("service-accounts.key"), newKey());
  }

  private static String newKey() {
    try {
      byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
      String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The configuration of those who talk to the API server. */
  Path client() {
    return directory.resolve("client.yaml");
  }

  List<String> etcdCommand() {
    return command(
        "etcd",
        """
        --data-dir=DIR/etcd --unsafe-no-fsync --log-level=warn
        --listen-client-urls=http://127.0.0.1:STORE --advertise-client-urls=http://127.0.0.1:STORE
        --listen-peer-urls=http://127.0.0.1:PEERS --initial-advertise-peer-urls=http://127.0.0.1:PEERS
        --initial-cluster=default=http://127.0.0.1:PEERS
        """);
  }

  List<String> apiCommand() {
    return command(
        "kube-apiserver",
        """
        --etcd-servers=http://127.0.0.1:STORE
        --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port=API --cert-dir=DIR/tls
        --endpoint-reconciler-type=none --service-cluster-ip-range=10.88.78.0/24
        --token-auth-file=DIR/tokens.csv --authorization-mode=AlwaysAllow
        --disable-admission-plugins=ServiceAccount --service-account-issuer=https://127.0.0.1:API
        --service-account-key-file=DIR/service-accounts.key
        --service-account-signing-key-file=DIR/service-accounts.key
        --kubelet-preferred-address-types=InternalIP
        """);
  }

  List<String> kubeletCommand() {
    return command(
        "kubelet",
        """
        --config=DIR/kubelet.yaml --kubeconfig=DIR/client.yaml --root-dir=DIR/kubelet
        --cert-dir=DIR/kubelet-tls --hostname-override=NODE
        """);
  }

  private List<String> command(String name, String options) {
    return List.of((programs.program(name) + " " + filled(options).strip()).split("\\s+"));
  }

  private String filled(String template) {
    return template
        .replace("STORE", Integer.toString(store))
        .replace("PEERS", Integer.toString(peers))
        .replace("API", Integer.toString(api))
        .replace("KUBELET", Integer.toString(kubelet))
        .replace("SIZE", LOG_SIZE)
        .replace("TOKEN", TOKEN)
        .replace("NODE", NODE)
        .replace("CRIO", crio.toString())
        .replace("DIR", directory.toString());
  }
}
