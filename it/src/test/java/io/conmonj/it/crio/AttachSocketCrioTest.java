package io.conmonj.it.crio;

/** With CRI-O's default: exec is runc run by CRI-O, attach goes over the monitor's socket. */
class AttachSocketCrioTest extends CrioContract {
  @Override
  boolean webSockets() {
    return false;
  }
}
