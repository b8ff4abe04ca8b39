package io.conmonj.monitor.holder;

/** Why a worker was started; in the order of their numbers in the holder's protocol, from 1. */
public enum WakeReason {
  /** It is the first. */
  FIRST_START,
  /** The one before has died. */
  CRASH,
  /** A descriptor was ready. */
  DESCRIPTOR,
  /** A child has ended. */
  EXIT,
  /** The time had come for which the last one had asked. */
  TIME,
  /** A signal came. */
  SIGNAL,
  /** It is to take the place of the one that runs. */
  UPGRADE;

  private static final WakeReason[] ALL = values();

  /** An unknown one counts as a crash: all is looked at then. */
  static WakeReason of(int number) {
    return number < 1 || number > ALL.length ? CRASH : ALL[number - 1];
  }
}
