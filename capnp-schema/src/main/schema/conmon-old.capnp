# The requests whose layout conmon-rs changed with its release 1.0: until 0.8, metadataOld was Data
# and took a slot among the pointers, so all pointers declared after it lie one further on. Interface
# and method ids are the same in both generations, hence only structs here. The one response that
# changed (VersionResponse) lost its last pointer, never set, and needs no older twin: a reader takes
# a missing pointer for a null one.
#
# A sender always encodes the declared size, so the number of pointers of a request tells them apart.

@0xc3b8ad1fe2a5f601;

using Conmon = import "conmon.capnp".Conmon;
using Metadata = List(Conmon.TextTextMapEntry);

struct VersionRequest {
  verbose @0 :Bool;
  metadataOld @1 :Data;
  metadata @2 :Metadata;
}

struct CreateContainerRequest {
  id @0 :Text;
  bundlePath @1 :Text;
  terminal @2 :Bool;
  stdin @3 :Bool;
  exitPaths @4 :List(Text);
  oomExitPaths @5 :List(Text);
  logDrivers @6 :List(Conmon.LogDriver);
  cleanupCmd @7 :List(Text);
  globalArgs @8 :List(Text);
  commandArgs @9 :List(Text);
  metadataOld @10 :Data;
  metadata @11 :Metadata;
  envVars @12 :List(Conmon.TextTextMapEntry);
  cgroupManager @13 :Conmon.CgroupManager;
  additionalFds @14 :List(UInt64);
  leakFds @15 :List(UInt64);
}

struct ExecSyncContainerRequest {
  id @0 :Text;
  timeoutSec @1 :UInt64;
  command @2 :List(Text);
  terminal @3 :Bool;
  metadataOld @4 :Data;
  metadata @5 :Metadata;
  envVars @6 :List(Conmon.TextTextMapEntry);
  cgroupManager @7 :Conmon.CgroupManager;
}

struct AttachRequest {
  id @0 :Text;
  socketPath @1 :Text;
  execSessionId @2 :Text;
  stopAfterStdinEof @3 :Bool;
  metadataOld @4 :Data;
  metadata @5 :Metadata;
}

struct ReopenLogRequest {
  id @0 :Text;
  metadataOld @1 :Data;
  metadata @2 :Metadata;
}

struct SetWindowSizeRequest {
  id @0 :Text;
  width @1 :UInt16;
  height @2 :UInt16;
  metadataOld @3 :Data;
  metadata @4 :Metadata;
}

struct CreateNamespacesRequest {
  metadataOld @0 :Data;
  namespaces @1 :List(Conmon.Namespace);
  uidMappings @2 :List(Text);
  gidMappings @3 :List(Text);
  basePath @4 :Text;
  podId @5 :Text;
  metadata @6 :Metadata;
}
