/**
 * What all TCP connections of the server have in common, whatever protocol they carry: how much is
 * read from one in a turn of the event loop, and how one is closed so that its peer gets the last
 * bytes.
 */
package io.conmonj.streaming.socket;
