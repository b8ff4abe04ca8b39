/**
 * Container logs: the drivers that put every byte a container wrote where its operator looks for
 * it.
 *
 * <p>A {@link io.conmonj.monitor.log.LogDriver} is called on the event loop and never blocks it:
 * all file work happens on the threads of a {@link io.conmonj.monitor.log.LogWriter}: one, and more
 * only while a disk hangs. What goes to systemd's journal is sent from the event loop itself, since
 * sending does not block. Bytes are never lost in silence: a disk that is slow or full makes the
 * driver unwritable, so that the reader of the container's output pauses and the container waits.
 *
 * <p>A log goes on in another worker: each driver says where it stands, and is resumed from that
 * ({@link io.conmonj.monitor.log.LogPosition}). After a worker was killed, what it had read of a
 * container and not written is in a {@link io.conmonj.monitor.log.LogMemory}, with how far it had
 * come. Where there was none, the end of a file counts for more than what was said of it before;
 * what is lost then has a bound, which is told.
 *
 * <p>This package knows no containers, runtimes or sessions, only two streams of bytes and a path.
 */
package io.conmonj.monitor.log;
