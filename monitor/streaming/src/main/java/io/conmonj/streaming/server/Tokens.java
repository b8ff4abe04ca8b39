package io.conmonj.streaming.server;

import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The outstanding requests, each under a secret that can be used once. The secret is the only
 * credential of a session, so it is never logged. It is looked up in a hash table, which compares
 * two tokens only when their hashes are equal: so the time of a look-up tells a guesser nothing of
 * use about the 192 bits.
 */
final class Tokens {
  /** Random bytes of a token, above the 128 bits that make guessing hopeless; 32 characters. */
  private static final int BYTES = 24;

  private record Entry(StreamingRequest request, long issuedNanos) {}

  /** Made at first use, for it brings all of Java's security providers with it. */
  private SecureRandom random;

  private final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();

  /** In order of issue, and all live equally long: the expired ones are at the front. */
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private final int limit;
  private final MemoryAccount memory;
  private final long lifetimeNanos;
  private final LongSupplier nanoClock;

  /**
   * @param limit how many may be outstanding
   * @param memory of the requests behind them
   * @param lifetimeNanos how long each can be redeemed
   * @param nanoClock a clock like {@link System#nanoTime}, which on Linux is the kernel's
   *     CLOCK_MONOTONIC: the same for all processes until the machine is started anew
   */
  Tokens(int limit, MemoryAccount memory, long lifetimeNanos, LongSupplier nanoClock) {
    this.limit = limit;
    this.memory = memory;
    this.lifetimeNanos = lifetimeNanos;
    this.nanoClock = nanoClock;
  }

  /**
   * Keeps a request until its token is redeemed or expires.
   *
   * @return the token: URL-safe, without padding
   * @throws TooManyTokensException if there are too many, or their requests take too much memory;
   *     nothing is evicted for it
   */
  String issue(StreamingRequest request) throws TooManyTokensException {
    long now = nanoClock.getAsLong();
    removeExpired(now);
    if (entries.size() >= limit) {
      throw new TooManyTokensException(limit);
    }
    if (!memory.tryHold(RequestSize.of(request))) {
      throw new TooManyTokensException(memory);
    }
    if (random == null) {
      random = new SecureRandom();
    }
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String token = encoder.encodeToString(secret);
    entries.put(token, new Entry(request, now));
    return token;
  }

  /**
   * Gives up a token. Whatever comes of it, it cannot be used again, not even when it was of
   * another kind or the request turns out to be malformed.
   *
   * @return the request; empty when unknown, used, expired or of another kind
   */
  Optional<StreamingRequest> redeem(SessionKind kind, String token) {
    Entry entry = entries.remove(token);
    if (entry != null) {
      memory.free(RequestSize.of(entry.request));
    }
    if (entry == null || expired(entry, nanoClock.getAsLong()) || entry.request.kind() != kind) {
      return Optional.empty();
    }
    return Optional.of(entry.request);
  }

  /** Forgets all of them. */
  void clear() {
    entries.values().forEach(each -> memory.free(RequestSize.of(each.request)));
    entries.clear();
  }

  /** How many can be redeemed. */
  int outstanding() {
    removeExpired(nanoClock.getAsLong());
    return entries.size();
  }

  /** Writes all of them down, with the times at which they were issued. */
  void freeze(StateWriter out) {
    removeExpired(nanoClock.getAsLong());
    out.number(entries.size());
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      out.text(each.getKey()).bigNumber(each.getValue().issuedNanos);
      RequestState.write(each.getValue().request, out);
    }
  }

  /** Adds those that another server has issued, in its order, before any of its own. */
  void thaw(StateReader in) throws UnreadableStateException {
    int count = in.number();
    for (int i = 0; i < count; i++) {
      String token = in.text();
      long issuedNanos = in.bigNumber();
      StreamingRequest request = RequestState.read(in);
      memory.hold(RequestSize.of(request));
      entries.put(token, new Entry(request, issuedNanos));
    }
  }

  private void removeExpired(long now) {
    Iterator<Entry> oldestFirst = entries.values().iterator();
    while (oldestFirst.hasNext()) {
      Entry oldest = oldestFirst.next();
      if (!expired(oldest, now)) {
        return;
      }
      oldestFirst.remove();
      memory.free(RequestSize.of(oldest.request));
    }
  }

  private boolean expired(Entry entry, long now) {
    return now - entry.issuedNanos > lifetimeNanos;
  }
}
