/**
 * What of this monitor must survive its worker, as data ({@code state.capnp}): the record, where it
 * is put, and who has it written. What is in it, each owner says of itself; and what it has changed
 * is told to nobody who relies on it before that is kept ({@link
 * io.conmonj.monitor.state.Keeping#changed}). What a monitor needs when the holder is gone too is
 * in a file, by the same schema: see {@link io.conmonj.monitor.state.StateFile}.
 */
package io.conmonj.monitor.state;
