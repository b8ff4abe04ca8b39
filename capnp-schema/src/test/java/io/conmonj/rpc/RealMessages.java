package io.conmonj.rpc;

import io.conmonj.schema.Conmon;
import io.conmonj.schema.Rpc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import org.capnproto.Text;

/** Messages as a client sends them: what hostile ones are made of. */
final class RealMessages {

  /** One of every kind, those that open something first. */
  static final List<byte[]> ALL =
      List.of(
          message(m -> m.initBootstrap().setQuestionId(1)),
          message(RealMessages::version),
          message(RealMessages::create),
          message(m -> m.initFinish().setQuestionId(2)),
          message(m -> m.initRelease().setReferenceCount(1)),
          message(m -> m.initResolve().initCap().setSenderHosted(3)),
          message(m -> m.initDisembargo().initContext().setSenderLoopback(4)),
          message(RealMessages::results),
          message(m -> m.initReturn().initException().setReason("no")),
          message(m -> m.initReturn().setCanceled()),
          message(m -> m.initUnimplemented().initResolve().setPromiseId(5)),
          message(m -> m.initProvide().setQuestionId(6)),
          message(m -> m.initAbort().setReason("connection closed")));

  private RealMessages() {}

  private static byte[] message(Consumer<Rpc.Message.Builder> fill) {
    ByteBuf bytes = RawPeer.bytes(fill);
    return ByteBufUtil.getBytes(bytes);
  }

  /** All of them in one stream. */
  static byte[] stream() {
    ByteBuf stream = Unpooled.buffer();
    ALL.forEach(stream::writeBytes);
    return ByteBufUtil.getBytes(stream);
  }

  private static void version(Rpc.Message.Builder message) {
    Rpc.Call.Builder call = message.initCall();
    call.initTarget().initPromisedAnswer().setQuestionId(1);
    RawPeer.version(call, 2);
  }

  private static void create(Rpc.Message.Builder message) {
    Rpc.Call.Builder call = message.initCall();
    call.setQuestionId(3);
    call.setInterfaceId(Conmon.INTERFACE_ID);
    call.setMethodId(Conmon.CREATE_CONTAINER);
    Rpc.PromisedAnswer.Builder target = call.initTarget().initPromisedAnswer();
    target.setQuestionId(2);
    target.initTransform(2).get(1).setGetPointerField(0);
    Rpc.Payload.Builder params = call.initParams();
    Conmon.CreateContainerRequest.Builder request =
        params
            .initContent()
            .initAs(AnyStruct.FACTORY)
            .pointer()
            .initAs(Conmon.CreateContainerRequest.factory);
    request.setId("0123456789abcdef");
    request.setBundlePath("/run/containers/" + "b".repeat(700));
    var driver = request.initLogDrivers(2).get(1);
    driver.setPath("/var/log/pods/x/0.log");
    driver.setMaxSize(1 << 20);
    var args = request.initCommandArgs(3);
    for (int i = 0; i < args.size(); i++) {
      args.set(i, new Text.Reader("--argument=" + "a".repeat(200)));
    }
    var env = request.initEnvVars(1).get(0);
    env.setKey("PATH");
    env.setValue("/bin");
    request.initAdditionalFds(4).set(2, 7);
    params.initCapTable(1).get(0).setSenderHosted(9);
  }

  private static void results(Rpc.Message.Builder message) {
    Rpc.Payload.Builder payload = message.initReturn().initResults();
    CapabilityPointer.write(payload.initContent(), 0);
    payload.initCapTable(1).get(0).setSenderPromise(8);
  }
}
