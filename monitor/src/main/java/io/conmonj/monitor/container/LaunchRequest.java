package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.oci.RuntimeUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a {@link Launch} shall start.
 *
 * @param use what the runtime is called for
 * @param container id of the container that is made, or in which a process is
 * @param verb the runtime's command, for messages
 * @param commandLine the runtime's arguments, given the console socket if there is one
 * @param pidFile where the runtime writes the pid
 * @param deletePidFile whether it is ours to remove
 * @param terminal whether the process gets a terminal
 * @param stdin whether the process gets input
 * @param size of the terminal as known when it arrives
 * @param environment of the runtime
 * @param additionalFds that the runtime gets; closed when it has been started
 * @param deadline for the runtime, and for its turn to come before that
 */
record LaunchRequest(
    RuntimeUse use,
    String container,
    String verb,
    Function<Optional<String>, List<String>> commandLine,
    String pidFile,
    boolean deletePidFile,
    boolean terminal,
    boolean stdin,
    Supplier<Optional<WindowSize>> size,
    List<String> environment,
    List<Fd> additionalFds,
    Duration deadline) {}
