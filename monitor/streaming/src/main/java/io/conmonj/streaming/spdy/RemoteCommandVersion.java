package io.conmonj.streaming.spdy;

import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.remotecommand.StatusFormat;
import io.conmonj.streaming.remotecommand.StreamKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A version of the remote command protocol over SPDY: what differs between the versions is all in
 * its fields. There is no fifth: that one is of WebSocket only.
 *
 * @param protocol the value of {@code X-Stream-Protocol-Version}
 * @param resize whether a terminal has a stream for its sizes
 * @param endsStdinReply whether the server ends its side of stdin, on which it has nothing to say,
 *     as soon as all streams are there
 * @param status what the error stream carries at the end
 */
record RemoteCommandVersion(
    String protocol, boolean resize, boolean endsStdinReply, StatusFormat status) {
  static final RemoteCommandVersion V4 =
      new RemoteCommandVersion("v4.channel.k8s.io", true, false, StatusFormat.JSON);
  static final RemoteCommandVersion V3 =
      new RemoteCommandVersion("v3.channel.k8s.io", true, false, StatusFormat.TEXT_ON_FAILURE);
  static final RemoteCommandVersion V2 =
      new RemoteCommandVersion("v2.channel.k8s.io", false, false, StatusFormat.TEXT_ON_FAILURE);

  /**
   * The first one. Its original server also reset the error stream at once, by mistake; this one
   * leaves it open, so that a failure is told, and its clients read it to the end in either case.
   */
  static final RemoteCommandVersion V1 =
      new RemoteCommandVersion("channel.k8s.io", false, true, StatusFormat.TEXT_ON_FAILURE);

  static final List<RemoteCommandVersion> ALL = List.of(V4, V3, V2, V1);

  /** The streams that a client opens before the work starts. */
  Set<StreamKind> streams(Stdio stdio) {
    Set<StreamKind> streams = EnumSet.of(StreamKind.ERROR);
    if (stdio.stdin()) {
      streams.add(StreamKind.STDIN);
    }
    if (stdio.stdout()) {
      streams.add(StreamKind.STDOUT);
    }
    if (stdio.separateStderr()) {
      streams.add(StreamKind.STDERR);
    }
    if (stdio.tty() && resize) {
      streams.add(StreamKind.RESIZE);
    }
    return streams;
  }
}
