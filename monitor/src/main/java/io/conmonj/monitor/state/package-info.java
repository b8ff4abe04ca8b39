/**
 * What of this monitor must survive its worker, as data ({@code state.capnp}): the record, where it
 * is put, and who has it written. What is in it, each owner says of itself.
 */
package io.conmonj.monitor.state;
