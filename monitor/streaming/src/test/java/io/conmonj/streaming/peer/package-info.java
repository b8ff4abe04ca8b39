/**
 * Either end of the streaming protocols, frame by frame: HTTP upgrade, WebSocket and SPDY. For
 * peers of what is tested that look at every byte, break the rules, or go away in the middle. It is
 * written independently of the code under test and needs nothing but the JDK.
 */
package io.conmonj.streaming.peer;
