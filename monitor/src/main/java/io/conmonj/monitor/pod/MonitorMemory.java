package io.conmonj.monitor.pod;

import io.conmonj.monitor.container.ContainerMemory;
import io.conmonj.monitor.stdio.Followers;
import io.conmonj.streaming.memory.MemoryAccount;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What a monitor holds in memory for its containers, each purpose within a limit of its own, so
 * that none can starve another. What streaming sessions hold is counted by the streaming server.
 * The sum of all fits into what the virtual machine has: see {@code monitor.options}.
 */
final class MonitorMemory {
  private static final long MIB = 1024 * 1024;

  /**
   * What was read from containers and is on its way into their logs, outside the Java heap. A log
   * holds back its container from 256 KiB on, so this is what some thirty stalled disks hold.
   */
  static final long OUTPUT = 10 * MIB;

  /**
   * What waits for viewers who are behind: their share of the output, and objects of the Java heap.
   */
  static final long VIEWERS = 4 * MIB;

  /** What is kept of outputs for those who attach later, in the Java heap. */
  static final long REPLAY = 6 * MIB;

  /**
   * What commands wrote that are run to their end, outside the Java heap: two of the longest
   * answers, of 16 MiB each, and some short ones.
   */
  static final long ANSWERS = 36 * MIB;

  private final MemoryAccount output;
  private final MemoryAccount viewers;
  private final MemoryAccount replay;
  private final MemoryAccount answers;

  /**
   * @param loop on which all of it is used
   */
  MonitorMemory(Executor loop) {
    output = MemoryAccount.open("output", OUTPUT, loop);
    viewers = MemoryAccount.open("viewers", VIEWERS, loop);
    replay = MemoryAccount.open("replay", REPLAY, loop);
    answers = MemoryAccount.open("answers", ANSWERS, loop);
  }

  /** What was read from containers. */
  MemoryAccount output() {
    return output;
  }

  /**
   * What containers take beside that: answers of commands, what is kept to be replayed, viewers.
   */
  ContainerMemory containers() {
    return new ContainerMemory(answers, replay, new Followers(viewers));
  }

  /** All accounts. */
  List<MemoryAccount> all() {
    return List.of(output, viewers, replay, answers);
  }
}
