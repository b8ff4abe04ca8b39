# What conmonj offers beyond conmon.capnp, as a second interface on the same bootstrap object, with
# structs of its own so that the compatible one never has to change.
#
# To add a method: give it the next number and a request and a response struct of its own (also when
# empty today), then regenerate the Java with
#   mvn -pl capnp-schema test -Dtest=SchemaDriftTest -Dschema.update=true
# A field once released keeps its number and type for ever; new fields take the next number.

@0xea1d9c6b7a0f4d31;

interface Conmonj @0xd6a4c1f3b0925e77 {
  serverInfo @0 (request :ServerInfoRequest) -> (response :ServerInfoResponse);

  servePortForward @1 (request :ServePortForwardRequest) -> (response :ServePortForwardResponse);

  listSessions @2 (request :ListSessionsRequest) -> (response :ListSessionsResponse);

  endSession @3 (request :EndSessionRequest) -> (response :EndSessionResponse);

  serveExec @4 (request :ServeExecRequest) -> (response :ServeExecResponse);

  serveAttach @5 (request :ServeAttachRequest) -> (response :ServeAttachResponse);

  execSync @6 (request :ExecSyncRequest) -> (response :ExecSyncResponse);

  sleep @7 (request :SleepRequest) -> (response :SleepResponse);

  upgrade @8 (request :UpgradeRequest) -> (response :UpgradeResponse);

  struct ServerInfoRequest {
  }

  struct ServerInfoResponse {
    processId @0 :UInt32;
    version @1 :Text;          # Of conmonj, semantic version.
    startTimeNanos @2 :Int64;  # When the monitor began, nanoseconds since 1970-01-01T00:00:00Z.
    runtimeDir @3 :Text;
    containers @4 :UInt32;     # Registered now.
    sessions @5 :UInt32;       # Streaming sessions connected now.
    runtime @6 :Text;          # The OCI runtime's program, as the monitor was told.
    runtimeRoot @7 :Text;      # Its state directory; empty for the runtime's own default.
    pod @8 :List(PodContainer);  # The registered containers.
    memory @9 :List(MemoryUse);  # What memory is held for; accounts of other names may come.
    sessionUse @10 :List(SessionUse);  # First that of all kinds together.
    sleeps @11 :UInt32;        # How often the monitor has slept.
    asleepNanos @12 :Int64;    # For how long, in all.
    wakes @13 :List(WakeCount);  # What has ended those sleeps, as far as that is known.
    lastWake @14 :Text;        # The cause of the latest; empty for none.
  }

  struct WakeCount {
    cause @0 :Text;            # output, call, session, attach, metrics, exit, time, signal or other;
                               # further ones may come.
    count @1 :UInt64;
  }

  struct MemoryUse {
    name @0 :Text;             # Of the account.
    heldBytes @1 :UInt64;      # Now; may be a little more than the limit.
    limitBytes @2 :UInt64;
  }

  struct SessionUse {
    kind @0 :Text;             # exec, attach or port-forward; all for all together.
    connected @1 :UInt32;      # Sessions that have a client now.
    limit @2 :UInt32;          # How many may have one.
  }

  struct PodContainer {
    id @0 :Text;
    processId @1 :UInt32;      # Of its first process.
  }

  struct ServePortForwardRequest {
    id @0 :Text;               # Of a container; its network namespace is the pod's.
    ports @1 :List(UInt16);    # For clients of the WebSocket channel protocol, which cannot name any.
  }

  struct ServePortForwardResponse {
    url @0 :Text;
  }

  struct ListSessionsRequest {
  }

  struct ListSessionsResponse {
    sessions @0 :List(Session);  # Of now, the oldest first.
  }

  struct Session {
    id @0 :UInt64;             # Never used again by this monitor; not the secret of the URL.
    kind @1 :Text;             # exec, attach or port-forward.
    target @2 :Text;           # A container's id, or the path of a pod's network namespace.
    protocol @3 :Text;         # As negotiated: v5.channel.k8s.io, SPDY/3.1 v4.channel.k8s.io, ...
    sinceNanos @4 :Int64;      # When it began, nanoseconds since 1970-01-01T00:00:00Z.
    receivedBytes @5 :UInt64;  # From the client: of its streams or connections, without framing.
    sentBytes @6 :UInt64;      # To the client, likewise.
    clientGone @7 :Bool;       # What the client ran goes on without it, and is listed until its end.
  }

  struct EndSessionRequest {
    id @0 :UInt64;
  }

  struct EndSessionResponse {
  }

  struct ServeExecRequest {
    id @0 :Text;               # Of a container.
    command @1 :List(Text);    # A program and its arguments.
    stdin @2 :Bool;
    stdout @3 :Bool;
    stderr @4 :Bool;
    tty @5 :Bool;
    env @6 :List(Text);        # NAME=value, on top of the container's own environment.
    workingDirectory @7 :Text; # Absolute, in the container; empty for the container's own.
    user @8 :Text;             # uid or uid:gid, in numbers; empty for the container's own.
    additionalGroups @9 :List(UInt32);  # Group ids, on top of the container's own.
    columns @10 :UInt16;       # Size of the terminal from the command's start on, with rows. Without
    rows @11 :UInt16;          # (both 0) the first one that the client sends is waited for, a moment.
    detachKeys @12 :Text;      # What the client types to leave the command running by itself, for
                               # example ctrl-p,ctrl-q; needs tty and stdin. Empty for none.
  }

  struct ServeExecResponse {
    url @0 :Text;
  }

  struct ServeAttachRequest {
    id @0 :Text;               # Of a container.
    stdin @1 :Bool;
    stdout @2 :Bool;
    stderr @3 :Bool;
    replayBytes @4 :UInt32;    # How much of the latest output to begin with; no more is sent than the
                               # monitor keeps (--attach-replay-bytes).
    stdinOnce @5 :Bool;        # The end of this client's input is the end of the container's, unless
                               # that has a terminal. Without, it only detaches this client.
    detachKeys @6 :Text;       # What the client types to detach, for example ctrl-p,ctrl-q; needs
                               # stdin and a container with a terminal. Empty for none.
  }

  struct ServeAttachResponse {
    url @0 :Text;
  }

  struct ExecSyncRequest {
    id @0 :Text;               # Of a container.
    command @1 :List(Text);    # A program and its arguments.
    tty @2 :Bool;              # All output is then stdout.
    timeoutMillis @3 :UInt64;  # After so long the command is killed; 0 for never.
    env @4 :List(Text);        # NAME=value, on top of the container's own environment.
    metadata @5 :List(Text);   # NAME=value, for tracing.
  }

  struct ExecSyncResponse {
    exitCode @0 :Int32;        # 128 + signal number when killed; -1 status lost, -2 the runtime
                               # could not start it and stderr says why, -3 timed out.
    timedOut @1 :Bool;
    stdout @2 :Data;           # The first of it: both together have at most 16 MiB - 64 KiB.
    stderr @3 :Data;
    stdoutCut @4 :Bool;        # There was more than is in this answer.
    stderrCut @5 :Bool;
  }

  struct SleepRequest {
  }

  # Fails where something keeps the monitor awake, and says what. Else it sleeps once the caller has
  # closed its connection; other clients that wait for nothing stay connected.
  struct SleepResponse {
    workerProcessId @0 :UInt32;  # Of the process that ends then; the monitor's own goes on.
  }

  struct UpgradeRequest {
    distribution @0 :Text;     # Absolute path of the directory; empty for that of the launcher which
                               # the monitor was started by, or of the one named here last, wherever its
                               # path leads now.
  }

  # Fails where the worker that is there goes on, and says why. Else this is its last answer: the
  # connection ends then, and another one is the new worker's.
  struct UpgradeResponse {
    distribution @0 :Text;     # Its absolute path, without symbolic links.
    pauseNanos @1 :UInt64;     # For how long nothing was read or written.
    endedSessions @2 :UInt32;  # Clients that could not be gone on with.
    holderStays @3 :Text;      # Why the monitor's first process, the holder, stays the program that it
                               # is, though this distribution brings another; else empty. It is asked
                               # before the other worker takes over, and replaced after that.
  }
}
