package io.conmonj.monitor.control;

import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.rpc.CallEnd;
import io.conmonj.rpc.IncomingCall;
import java.util.Optional;
import java.util.UUID;

/**
 * Traces calls: a span for each, named as conmon-rs names it, from its arrival to its answer, and
 * in it one for the time that a method takes which does not answer at once. Loop thread only.
 */
final class CallSpans {
  /** The name of conmon-rs for what is done after its method has returned. */
  private static final String ASYNCHRONOUS = "promise";

  private final Tracing tracing;

  CallSpans(Tracing tracing) {
    this.tracing = tracing;
  }

  /**
   * Serves a call in a span of its own.
   *
   * @param next is told of the call's end as well
   * @param serve begins to serve it
   */
  void serve(IncomingCall call, CallEnd next, Runnable serve) {
    CallContext context = CallContext.of(call);
    Span span = tracing.tracer().beginCall(snakeCase(MethodName.of(call)), context.caller());
    if (!context.container().isEmpty()) {
      span.attribute("container_id", context.container());
    }
    span.attribute("uuid", UUID.randomUUID().toString());
    Course course = new Course(span, next);
    call.onEnd(course);
    tracing.within(span, serve);
    course.methodReturned();
  }

  /** One call. */
  private static final class Course implements CallEnd {
    private final Span span;
    private final CallEnd next;
    private Optional<Span> rest = Optional.empty();
    private boolean over;

    Course(Span span, CallEnd next) {
      this.span = span;
      this.next = next;
    }

    void methodReturned() {
      if (!over) {
        rest = Optional.of(span.child(ASYNCHRONOUS));
      }
    }

    @Override
    public void ended(boolean failed) {
      over = true;
      if (rest.isPresent()) {
        rest.get().end();
      }
      if (failed) {
        span.failed();
      }
      span.end();
      next.ended(failed);
    }
  }

  /** {@code create_container} of createContainer. */
  static String snakeCase(String name) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      if (Character.isUpperCase(each)) {
        snake.append('_');
      }
      snake.append(Character.toLowerCase(each));
    }
    return snake.toString();
  }
}
