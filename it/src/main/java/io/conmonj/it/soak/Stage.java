package io.conmonj.it.soak;

import java.util.random.RandomGenerator;

/**
 * How far a client goes with its session before it leaves, with how many of a hundred do so. The
 * first three leave their URLs outstanding for a minute, of which there may be a thousand.
 */
enum Stage {
  URL_ONLY(2),
  CONNECTION(1),
  HALF_A_REQUEST(1),
  UPGRADE(14),
  SOME_STREAMS(12),
  INPUT(22),
  OUTPUT(16),
  /** The end has been told, but the client does not answer it. */
  END(10),
  GOOD_ORDER(22);

  private static final int ALL = 100;

  private final int share;

  Stage(int share) {
    this.share = share;
  }

  static Stage any(RandomGenerator random) {
    int at = random.nextInt(ALL);
    for (Stage stage : values()) {
      at -= stage.share;
      if (at < 0) {
        return stage;
      }
    }
    throw new IllegalStateException("the shares are not a hundred");
  }

  boolean reaches(Stage other) {
    return compareTo(other) >= 0;
  }
}
