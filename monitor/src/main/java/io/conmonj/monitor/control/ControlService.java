package io.conmonj.monitor.control;

import io.conmonj.monitor.observe.CallLatencies;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.rpc.CallHandler;
import io.conmonj.rpc.IncomingCall;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The object that clients of the control socket get: it serves the interface of conmon-rs and our
 * own. Loop thread only.
 */
public final class ControlService implements CallHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ControlService.class);

  private final Map<MethodId, RpcMethod> methods;
  private final CallLatencies latencies;
  private final CallsInFlight inFlight;
  private final Optional<CallSpans> spans;

  /**
   * @param interfaceId of the schema
   * @param methodId within the interface
   */
  record MethodId(long interfaceId, int methodId) {
    // Written out: a record's own two are generated anew by each start, at its first call.
    @Override
    public boolean equals(Object other) {
      return other instanceof MethodId that
          && that.interfaceId == interfaceId
          && that.methodId == methodId;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(interfaceId) * 31 + methodId;
    }
  }

  ControlService(
      Map<MethodId, RpcMethod> methods,
      CallLatencies latencies,
      CallsInFlight inFlight,
      Optional<Tracing> tracing) {
    this.methods = Map.copyOf(methods);
    this.inFlight = inFlight;
    this.latencies = latencies;
    this.spans = tracing.isPresent() ? Optional.of(new CallSpans(tracing.get())) : Optional.empty();
  }

  @Override
  public void call(IncomingCall call) {
    RpcMethod method = methods.get(new MethodId(call.interfaceId(), call.methodId()));
    if (method == null) {
      call.unimplemented();
      return;
    }
    if (method instanceof UpgradeMethod) {
      // It is answered when all others are.
      serve(method, call);
      return;
    }
    CallTimer timer = new CallTimer(latencies, MethodName.of(call), inFlight);
    if (spans.isPresent()) {
      spans.get().serve(call, timer, () -> serve(method, call));
    } else {
      call.onEnd(timer);
      serve(method, call);
    }
  }

  private static void serve(RpcMethod method, IncomingCall call) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("call of {}", MethodName.of(call));
    }
    try {
      method.call(call);
    } catch (BadRequestException | IOException refused) {
      Failure.tell(call, refused);
    } catch (RuntimeException unexpected) {
      LOG.error("call of method {} failed", call.methodId(), unexpected);
      Failure.tell(call, unexpected);
    } catch (Error error) {
      LOG.error("call of a method met an error", error);
      Failure.tell(call, error);
    }
  }
}
