package io.conmonj.monitor.container;

import io.conmonj.monitor.oci.ChildProcess;

/** A process that a runtime has made for us, and its streams; nothing has been read from them. */
record Launched(ChildProcess process, ProcessStreams streams) {}
