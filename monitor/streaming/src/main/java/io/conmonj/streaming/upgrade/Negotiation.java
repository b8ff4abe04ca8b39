package io.conmonj.streaming.upgrade;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The choice of a protocol: the client's order is its preference. */
public final class Negotiation {
  private Negotiation() {}

  /**
   * The first of the client's list that is known.
   *
   * @param offered the client's list
   * @param known what the server speaks, in any order
   * @param name gives the name of a known one, as a client writes it
   */
  public static <P> Optional<P> choose(
      List<String> offered, List<P> known, Function<P, String> name) {
    for (String wanted : offered) {
      for (P candidate : known) {
        if (name.apply(candidate).equals(wanted)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }
}
