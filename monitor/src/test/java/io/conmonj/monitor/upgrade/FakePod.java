package io.conmonj.monitor.upgrade;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** For tests: a pod that notes what it is told; loop thread, but for the fields. */
final class FakePod implements Upgradable {
  final List<String> told = new ArrayList<>();
  volatile String busy;
  volatile String refusal;
  volatile Path holder;
  volatile CompletableFuture<Optional<String>> holderStays =
      CompletableFuture.completedFuture(Optional.empty());

  /** Those that cannot be gone on with. */
  final List<String> clients = new CopyOnWriteArrayList<>();

  /** How often it was looked at them while no output was taken. */
  int looksWhileHeld;

  private boolean held;

  CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  @Override
  public String busyWith() {
    return busy;
  }

  @Override
  public String clientsThatStay() {
    looksWhileHeld += held ? 1 : 0;
    return clients.isEmpty() ? null : clients.getFirst();
  }

  /** Those that can be gone on with in a moment say so in their names. */
  @Override
  public int endClientsThatStay(String reason, boolean momentary) {
    int before = clients.size();
    clients.removeIf(each -> momentary || !each.contains("for a moment"));
    told.add("end " + (before - clients.size()) + " clients: " + reason);
    return before - clients.size();
  }

  @Override
  public CompletableFuture<Optional<String>> holderStays(Path program) {
    holder = program;
    return holderStays;
  }

  @Override
  public String sessions() {
    return "";
  }

  @Override
  public void shut() {
    told.add("shut");
  }

  @Override
  public void open() {
    told.add("open");
  }

  @Override
  public void hold() {
    held = true;
    told.add("hold");
  }

  @Override
  public void release() {
    held = false;
    told.add("release");
  }

  @Override
  public CompletableFuture<Void> settle() {
    return settled;
  }

  @Override
  public String handOver() {
    told.add("hand over");
    String stays = clients.isEmpty() ? null : clients.getFirst();
    return stays == null ? refusal : stays;
  }

  @Override
  public void goOn() {
    told.add("go on");
  }

  @Override
  public void failed() {
    told.add("failed");
  }
}
