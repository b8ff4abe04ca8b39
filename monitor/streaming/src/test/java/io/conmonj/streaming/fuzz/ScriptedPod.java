package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingBackend;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A backend that does what the fuzzer says. */
final class ScriptedPod implements StreamingBackend {
  private final MemoryLoop loop;
  private final ByteBufAllocator memory;
  private final int manners;
  private final Check check;

  /** Null before it runs. */
  ScriptedCommand command;

  final List<ScriptedTarget> targets = new ArrayList<>();

  /**
   * @param manners what it does at once, without a step: a byte of the fuzzer's
   */
  ScriptedPod(MemoryLoop loop, ByteBufAllocator memory, int manners, Check check) {
    this.loop = loop;
    this.memory = memory;
    this.manners = manners;
    this.check = check;
  }

  @Override
  public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
    return run(streams);
  }

  @Override
  public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
    return run(streams);
  }

  @Override
  public CompletableFuture<DuplexChannel> portForward(PortForwardRequest request, int port) {
    ScriptedTarget target = new ScriptedTarget(port, new MemoryChannel(loop, memory, check));
    targets.add(target);
    if ((manners & 1) != 0) {
      target.connect();
    }
    if ((manners & 6) == 6) {
      target.refuse();
    }
    return target.connected;
  }

  void step(FuzzInput input) {
    int which = input.next();
    if (command != null) {
      command.step(input);
    } else if (!targets.isEmpty()) {
      targets.get(which % targets.size()).step(input);
    }
  }

  private CompletableFuture<Outcome> run(SessionStreams streams) {
    check.that(command == null, "the work of a session starts twice");
    command = new ScriptedCommand(streams, memory, new ScriptedCommand.Manners(manners), check);
    return command.end();
  }
}
