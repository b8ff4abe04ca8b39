/**
 * What both ends of a streaming connection say: names, numbers and frames, without any of the
 * sessions that use them. A client and a server share this package and nothing else.
 */
package io.conmonj.streaming.wire;
