package io.conmonj.monitor.log;

/**
 * Where a log stood when another worker wrote to it, as that worker left it.
 *
 * @param data of {@link LogDriver#positions} or {@link LogDriver#rate}; empty when nothing is known
 * @param exact whether that worker wrote nothing to the log after it had said so, because it handed
 *     over in order; false where it was killed, so that the log itself is looked at
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record LogPosition(byte[] data, boolean exact) {}
