package io.conmonj.monitor.control;

import io.conmonj.rpc.IncomingCall;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a call once what it asked for is done; whatever happens, the caller is told. */
final class Reply {
  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

  private Reply() {}

  /**
   * Answers with a streaming URL.
   *
   * @param url completes on the loop thread
   * @param fill puts it into the response
   */
  static void withUrl(CompletableFuture<URI> url, IncomingCall call, Consumer<String> fill) {
    when(
        url,
        call,
        made -> {
          fill.accept(made.toString());
          call.respond();
        });
  }

  /**
   * @param work completes on the loop thread
   * @param respond fills in the response and sends it
   */
  static <T> void when(CompletableFuture<T> work, IncomingCall call, Consumer<T> respond) {
    when(work, call, failure -> Failure.tell(call, failure), respond);
  }

  /**
   * @param work completes on the loop thread
   * @param container the id of that which the call is about
   * @param respond fills in the response and sends it
   */
  static <T> void when(
      CompletableFuture<T> work, IncomingCall call, String container, Consumer<T> respond) {
    when(work, call, failure -> Failure.tell(call, container, failure), respond);
  }

  private static <T> void when(
      CompletableFuture<T> work, IncomingCall call, Consumer<Throwable> fail, Consumer<T> respond) {
    var _ =
        work.whenComplete(
            (result, failure) -> {
              if (failure != null) {
                fail.accept(failure);
              } else {
                respond(result, call, respond);
              }
            });
  }

  private static <T> void respond(T result, IncomingCall call, Consumer<T> respond) {
    try {
      respond.accept(result);
    } catch (RuntimeException | Error unexpected) {
      // A future would keep it to itself, and the caller would wait for ever.
      LOG.error("answer to a call failed", unexpected);
      Failure.tell(call, unexpected);
    }
  }
}
