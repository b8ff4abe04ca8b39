package io.conmonj.kernel;

/**
 * A signal read from a {@link SignalFd}.
 *
 * @param signal its number, see {@link Signal}
 * @param pid the process that sent it or, for CHLD, a child that ended; 0 for the kernel
 * @param uid that process's user
 */
public record ReceivedSignal(int signal, int pid, int uid) {}
