# What of a monitor must survive its worker, as one message: given to the holder, and kept in the
# runtime directory. Its record begins with a version (io.conmonj.monitor.state.StateRecord).
#
# A field once released keeps its number and meaning for ever, and what a field that is not there
# yet says (0, empty) must be right for a worker that does not know it: old states are read for
# ever. A sample of each version is among the tests of io.conmonj.monitor.state. New fields take the
# next number; then regenerate the Java with
#   mvn -pl capnp-schema test -Dtest=SchemaDriftTest -Dschema.update=true

@0xb7c5e0a1d34f9826;

struct Monitor {
  writtenNanos @0 :Int64;      # Nanoseconds since 1970-01-01T00:00:00Z.
  boot @1 :Text;               # /proc/sys/kernel/random/boot_id: of another boot, nothing runs any more.
  lastNumber @2 :UInt64;       # The last serial number that was given to a container.
  containers @3 :List(Container);  # Those whose exit is not recorded, the oldest first.
  launches @4 :List(Launch);   # Containers that the runtime may be making now.
  ended @5 :List(EndedContainer);  # Whose end is still told to those who ask, the oldest first.
  totals @6 :Totals;
  exits @7 :List(Exit);        # Still to be written to their files.
  settled @8 :Bool;            # Nothing has been read or written since: positions of logs are exact.
  attachSockets @9 :List(AttachSocket);
  fdSocket @10 :FdSocket;
  pods @11 :List(PodNamespaces);  # Those whose namespaces are made.
  sleep @12 :Sleep;
  killed @13 :Killed;
  sessions @14 :Sessions;      # Of a worker that has handed over; never to be gone on with after a crash.
  upgrades @15 :Upgrades;
}

# Of monitors that were killed as a whole, holder and all, in the same runtime directory.
struct Killed {
  orphans @0 :List(Container);  # Their containers, until their end is told: number, runtime,
                               # processId, startTime, terminal and what there is to do at the end.
                               # The process of one that runs is watched by orphan<number>.
  fileMark @1 :UInt64;         # For the case that this one is: what the state file holds, by
                               # io.conmonj.monitor.state.StateFile; 0 where that is not known.
}

# What has come of upgrades.
struct Upgrades {
  done @0 :UInt64;
  failed @1 :UInt64;
  lastPauseNanos @2 :Int64;    # For how long nothing was read or written.
  beganNanos @3 :Int64;        # Of the pause that is not over: CLOCK_MONOTONIC, nanoseconds; else 0.
  workersNanos @4 :Int64;      # Processor time of all workers up to the one that wrote this, if so.
}

# What is under way for clients. In the names of its descriptors: s<number>.<place in the list of
# their names>, x<number>.in, .out, .err, .tty, viewer<number>; numbers are places in the lists, all
# from 1 on. They are deposited for the hand-over alone.
struct Sessions {
  server @0 :Data;             # io.conmonj.streaming.FrozenServer, in its own form; empty for none.
  connections @1 :List(Connection);
  execs @2 :List(Exec);
  viewers @3 :List(Viewer);
}

struct Connection {
  state @0 :Data;              # io.conmonj.streaming.FrozenConnection, in its own form.
  descriptors @1 :List(Text);  # Their names there.
}

# A further process in a container, of a session or left to itself.
struct Exec {
  container @0 :Text;          # Id.
  processId @1 :UInt32;
  startTime @2 :UInt64;        # "starttime" of proc_pid_stat(5).
  terminal @3 :Bool;
  stdin @4 :Bool;              # Whether it was started with input, which may have ended since.
  waiting @5 :Data;            # Of its input: what it has not taken.
  detached @6 :Bool;
}

# A client of an attach socket.
struct Viewer {
  socket @0 :UInt32;           # The attach socket's number.
  state @1 :Data;              # io.conmonj.monitor.attach.ClientState.
}

# For the wait before the next sleep.
struct Sleep {
  waitNanos @0 :Int64;         # Before the last one; 0 for none yet.
  workersNanos @1 :Int64;      # Processor time of all workers that had ended when this one began.
  wakes @2 :List(Wake);        # What has ended sleeps; causes of other names may come.
  lastWake @3 :Text;           # The cause of the latest; empty for none.
}

struct Wake {
  cause @0 :Text;              # By its label in io.conmonj.monitor.sleep.WakeCause.
  count @1 :UInt64;
}

# Its listener is attach<number>; none is there while it is being removed.
struct AttachSocket {
  number @0 :UInt32;           # Of this monitor's attach sockets, from 1 on.
  container @1 :Text;          # Id.
  path @2 :Text;
  place @3 :UInt64;            # Of its file: major and minor number of the file system, 32 bits each.
  inode @4 :UInt64;
  stopAfterInput @5 :Bool;     # What was asked for last.
}

# Its listener is fdsocket; what clients have sent is fdsocket.<slot>.
struct FdSocket {
  lastSlot @0 :UInt64;         # The last that was given out.
  clients @1 :List(FdClient);
}

# Its connection is fdclient<number>.
struct FdClient {
  number @0 :UInt32;
  slots @1 :List(UInt64);      # Of what it has sent and nobody has taken.
  unsent @2 :Data;             # A reply that the connection had no room for.
}

# The network namespace is net<number>.
struct PodNamespaces {
  number @0 :UInt32;
  podId @1 :Text;
  base @2 :Text;
  fresh @3 :UInt32;            # Bits, from the lowest on: ipc, pid, net, user, uts.
  users @4 :List(Text);        # "inside outside count".
  groups @5 :List(Text);
  processId @6 :UInt32;        # Of the process that stays in them.
  startTime @7 :UInt64;        # "starttime" of proc_pid_stat(5).
  heldNanos @8 :Int64;         # Since when they are held: CLOCK_MONOTONIC, nanoseconds.
}

# In the names of its descriptors: c<number>.out, .err, .tty, .in, .net, .leak<i>.
struct Container {
  number @0 :UInt64;           # Serial number in this monitor, from 1 on.
  runtime @1 :RuntimeArguments;
  processId @2 :UInt32;
  startTime @3 :UInt64;        # "starttime" of proc_pid_stat(5); 0 when it could not be read.
  terminal @4 :Bool;           # Instead of pipes.
  stdinOnce @5 :Bool;
  logs @6 :List(Log);
  exitPaths @7 :List(Text);
  oomExitPaths @8 :List(Text);
  cleanupCommand @9 :List(Text);
  leakFds @10 :UInt16;         # How many descriptors are held for its creator.
  createdNanos @11 :Int64;     # CLOCK_MONOTONIC, nanoseconds.
  oomCounter @12 :Text;        # File of its cgroup in which OOM kills are counted; empty for none.
  oomKillsBefore @13 :UInt64;  # What it said when the container was created.
  network @14 :Network;
  exitCode @15 :Int32;         # 128 + signal number when killed; means something from exit > 0 on.
  exit @16 :UInt8;             # 0 its process runs; else what is done of its end, by
                               # io.conmonj.monitor.container.ExitPhase.
  oomKilled @17 :Bool;         # Known once exit says that OOM kills are counted.
  stdin @19 :Bool;             # Whether it was created with input, which may have ended since.
  logRate @20 :Data;           # What a log that drops knows of the lines it is in.
  replay @21 :Data;            # What is kept for those who attach later, where settled says so; as
                               # io.conmonj.monitor.stdio.Replay has it.
  waiting @22 :Data;           # Of its input, likewise: what it has not taken.
  cleanupTag @23 :UInt64;      # Under which the holder has, or is to have, the process of the cleanup
                               # command; 0 while it is not to be started.
  cleanupNanos @24 :Int64;     # When it was started, or was to be: CLOCK_MONOTONIC, nanoseconds.
  logged @18 :LogCounts;       # By the workers before the one that wrote this, and by that until then.
}

struct RuntimeArguments {
  id @0 :Text;
  bundle @1 :Text;
  systemdCgroup @2 :Bool;
  globalArguments @3 :List(Text);
  commandArguments @4 :List(Text);
}

struct Log {
  kind @0 :UInt8;              # 1 CRI, 2 JSON, 3 journald.
  path @1 :Text;               # Empty for journald.
  maxSize @2 :UInt64;          # Bytes from which the file is rotated; 0 for no limit.
  position @3 :Data;           # The driver's own: where it stood; empty where it is to look for itself.
}

# The namespace as a file, which is not held by this.
struct Network {
  known @0 :Bool;
  place @1 :UInt64;            # Major and minor number of its file system, 32 bits each.
  inode @2 :UInt64;
  atNanos @3 :Int64;           # When it was so: CLOCK_MONOTONIC, nanoseconds.
}

struct Launch {
  number @0 :UInt64;           # Of the container to be.
  runtime @1 :RuntimeArguments;
  beganNanos @2 :Int64;        # Not later than the runtime; nanoseconds since 1970-01-01T00:00:00Z.
}

struct EndedContainer {
  id @0 :Text;
  exitCode @1 :Int32;
  terminal @2 :Bool;
  network @3 :Network;
}

struct Exit {
  id @0 :Text;
  paths @1 :List(Text);
  exitCode @2 :Int32;
  oomPaths @3 :List(Text);
}

struct Totals {
  created @0 :UInt64;
  notCreated @1 :UInt64;
  succeeded @2 :UInt64;
  failed @3 :UInt64;
  signalled @4 :UInt64;
  oomKilled @5 :UInt64;
  logged @6 :LogCounts;        # Of containers that have ended.
}

struct LogCounts {
  bytesWritten @0 :UInt64;
  writeErrors @1 :UInt64;
  rotations @2 :UInt64;
  bytesLost @3 :UInt64;
  bytesDropped @4 :UInt64;
  linesDropped @5 :UInt64;
  linesWritten @6 :UInt64;
}
