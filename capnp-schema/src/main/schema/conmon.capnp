# The control interface of conmon-rs, in the layout of its releases from 1.0 on.
#
# Ids, ordinals and types are facts of the wire: a client compiled from conmon-rs' own schema talks
# to conmonj and must find every field where it expects it. Nothing is ever added here; what is our
# own lives in conmonj.capnp. The layout of the older releases is in conmon-old.capnp.

@0xffaaf7385bc4adad;

interface Conmon @0xb737e899dd6633f1 {
  version @0 (request :VersionRequest) -> (response :VersionResponse);
  createContainer @1 (request :CreateContainerRequest) -> (response :CreateContainerResponse);
  execSyncContainer @2 (request :ExecSyncContainerRequest) -> (response :ExecSyncContainerResponse);
  attachContainer @3 (request :AttachRequest) -> (response :AttachResponse);
  reopenLogContainer @4 (request :ReopenLogRequest) -> (response :ReopenLogResponse);
  setWindowSizeContainer @5 (request :SetWindowSizeRequest) -> (response :SetWindowSizeResponse);
  createNamespaces @6 (request :CreateNamespacesRequest) -> (response :CreateNamespacesResponse);
  startFdSocket @7 (request :StartFdSocketRequest) -> (response :StartFdSocketResponse);
  serveExecContainer @8 (request :ServeExecContainerRequest)
      -> (response :ServeExecContainerResponse);
  serveAttachContainer @9 (request :ServeAttachContainerRequest)
      -> (response :ServeAttachContainerResponse);
  servePortForwardContainer @10 (request :ServePortForwardContainerRequest)
      -> (response :ServePortForwardContainerResponse);

  # Every request carries metadata: the trace context of its caller (W3C traceparent, tracestate).
  using Metadata = TextTextMap;
  using TextTextMap = List(TextTextMapEntry);

  struct TextTextMapEntry {
    key @0 :Text;
    value @1 :Text;
  }

  # Who manages cgroups: systemd (by a bus call) or whoever writes to cgroupfs.
  enum CgroupManager {
    systemd @0;
    cgroupfs @1;
  }

  struct VersionRequest {
    verbose @0 :Bool;          # Asks for cargoTree as well.
    metadataOld @1 :Void;      # Was Data before 1.0.
    metadata @2 :Metadata;
  }

  struct VersionResponse {
    processId @0 :UInt32;      # Of the monitor.
    version @1 :Text;          # Semantic version, no prefix.
    tag @2 :Text;              # May be empty.
    commit @3 :Text;
    buildDate @4 :Text;
    target @5 :Text;
    rustVersion @6 :Text;
    cargoVersion @7 :Text;
    cargoTree @8 :Text;        # Empty unless verbose.
    metadata @9 :Void;         # Was Data before 1.0, never used.
  }

  struct CreateContainerRequest {
    id @0 :Text;
    bundlePath @1 :Text;
    terminal @2 :Bool;
    stdin @3 :Bool;
    exitPaths @4 :List(Text);      # Files that receive the exit code.
    oomExitPaths @5 :List(Text);   # Files created when the container ran out of memory.
    logDrivers @6 :List(LogDriver);
    cleanupCmd @7 :List(Text);     # Run once the container is gone.
    globalArgs @8 :List(Text);     # For the runtime, before its subcommand.
    commandArgs @9 :List(Text);    # For the runtime's create, after its own.
    metadataOld @10 :Void;         # Was Data before 1.0.
    metadata @11 :Metadata;
    envVars @12 :TextTextMap;      # Added to the environment of the runtime.
    cgroupManager @13 :CgroupManager;
    additionalFds @14 :List(UInt64);  # Slots of the fd socket, passed on as 3, 4, ...
    leakFds @15 :List(UInt64);     # Slots of the fd socket, held open until the container exits.
  }

  struct LogDriver {
    type @0 :Type;
    path @1 :Text;             # Of the log file, where the driver has one.
    maxSize @2 :UInt64;        # In bytes; 0 is no limit.

    enum Type {
      containerRuntimeInterface @0;
      json @1;
      journald @2;
    }
  }

  struct CreateContainerResponse {
    containerPid @0 :UInt32;
  }

  struct ExecSyncContainerRequest {
    id @0 :Text;
    timeoutSec @1 :UInt64;     # 0 is no limit.
    command @2 :List(Text);
    terminal @3 :Bool;
    metadataOld @4 :Void;      # Was Data before 1.0.
    metadata @5 :Metadata;
    envVars @6 :TextTextMap;
    cgroupManager @7 :CgroupManager;
  }

  struct ExecSyncContainerResponse {
    exitCode @0 :Int32;
    stdout @1 :Data;
    stderr @2 :Data;
    timedOut @3 :Bool;
  }

  struct AttachRequest {
    id @0 :Text;
    socketPath @1 :Text;       # Where the SEQPACKET socket is to be.
    execSessionId @2 :Text;
    stopAfterStdinEof @3 :Bool;
    metadataOld @4 :Void;      # Was Data before 1.0.
    metadata @5 :Metadata;
  }

  struct AttachResponse {
  }

  struct ReopenLogRequest {
    id @0 :Text;
    metadataOld @1 :Void;      # Was Data before 1.0.
    metadata @2 :Metadata;
  }

  struct ReopenLogResponse {
  }

  struct SetWindowSizeRequest {
    id @0 :Text;
    width @1 :UInt16;          # Columns.
    height @2 :UInt16;         # Rows.
    metadataOld @3 :Void;      # Was Data before 1.0.
    metadata @4 :Metadata;
  }

  struct SetWindowSizeResponse {
  }

  struct CreateNamespacesRequest {
    metadataOld @0 :Void;      # Was Data before 1.0.
    namespaces @1 :List(Namespace);
    uidMappings @2 :List(Text);  # "CONTAINER HOST SIZE", for a user namespace.
    gidMappings @3 :List(Text);
    basePath @4 :Text;         # Below it the namespaces are mounted.
    podId @5 :Text;
    metadata @6 :Metadata;
  }

  enum Namespace {
    ipc @0;
    net @1;
    pid @2;
    user @3;
    uts @4;
  }

  struct CreateNamespacesResponse {
    namespaces @0 :List(NamespaceResponse);
  }

  struct NamespaceResponse {
    type @0 :Namespace;
    path @1 :Text;
  }

  struct StartFdSocketRequest {
    metadata @0 :Metadata;
  }

  struct StartFdSocketResponse {
    path @0 :Text;
  }

  struct ServeExecContainerRequest {
    metadata @0 :Metadata;
    id @1 :Text;
    command @2 :List(Text);
    tty @3 :Bool;
    stdin @4 :Bool;
    stdout @5 :Bool;
    stderr @6 :Bool;
    cgroupManager @7 :CgroupManager;
  }

  struct ServeExecContainerResponse {
    url @0 :Text;
  }

  struct ServeAttachContainerRequest {
    metadata @0 :Metadata;
    id @1 :Text;
    stdin @2 :Bool;
    stdout @3 :Bool;
    stderr @4 :Bool;
  }

  struct ServeAttachContainerResponse {
    url @0 :Text;
  }

  struct ServePortForwardContainerRequest {
    metadata @0 :Metadata;
    netNsPath @1 :Text;        # Of the pod's network namespace.
  }

  struct ServePortForwardContainerResponse {
    url @0 :Text;
  }
}
