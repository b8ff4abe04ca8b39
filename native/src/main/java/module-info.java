/** What the kernel offers, and Netty's epoll without a defect of it. */
@SuppressWarnings(
    "requires-automatic") // jffi's name and that of its constants are in their manifests.
module io.conmonj.kernel {
  requires io.netty.transport.classes.epoll;
  requires io.netty.common;
  requires transitive io.netty.transport;
  requires org.jnrproject.constants;
  requires org.jnrproject.jffi;

  exports io.conmonj.epoll;
  exports io.conmonj.kernel;
}
