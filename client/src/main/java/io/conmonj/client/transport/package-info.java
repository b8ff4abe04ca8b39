/**
 * What the connections of this library have in common, whatever is spoken on them: the thread that
 * carries them, how a streaming URL is opened, and how another thread waits for what is promised.
 *
 * <p>Must not know: protocols, sessions, monitors. All that speaks to a monitor is built on it;
 * logs and requests are not.
 */
package io.conmonj.client.transport;
