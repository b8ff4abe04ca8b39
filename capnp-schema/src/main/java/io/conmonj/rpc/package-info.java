/**
 * Cap'n Proto RPC between two parties, level 1 of <a
 * href="https://capnproto.org/rpc.html">capnproto.org/rpc.html</a>, both sides of it.
 *
 * <p>{@link io.conmonj.rpc.RpcConnection} is the protocol: a state machine without I/O and without
 * threads, fed with messages and handing messages to an {@link io.conmonj.rpc.Outbound}. {@link
 * io.conmonj.rpc.RpcHandler} puts it on a Netty channel; {@link io.conmonj.rpc.FrameDecoder} and
 * {@link io.conmonj.rpc.OutgoingMessage} are the framing. Everything of one connection happens on
 * its one event loop thread.
 *
 * <p>A server gives a {@link io.conmonj.rpc.CallHandler} as its bootstrap object and answers {@link
 * io.conmonj.rpc.IncomingCall}s; a client takes {@link io.conmonj.rpc.RpcConnection#bootstrap()}
 * and calls the {@link io.conmonj.rpc.Capability}.
 *
 * <p>The package knows no interface and no container. It expects the shape that this project's
 * schemas have: a method takes one request struct and gives one response struct.
 */
package io.conmonj.rpc;
