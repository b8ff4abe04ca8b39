/**
 * Cap'n Proto RPC between two parties, level 1 of <a
 * href="https://capnproto.org/rpc.html">capnproto.org/rpc.html</a>, both sides of it. It is written
 * here because {@code org.capnproto:runtime}, the Java library for Cap'n Proto messages, comes
 * without an RPC.
 *
 * <p>{@link io.conmonj.rpc.RpcConnection} is the protocol: a state machine without I/O and without
 * threads, fed with messages and handing messages to an {@link io.conmonj.rpc.Outbound}. {@link
 * io.conmonj.rpc.RpcHandler} puts it on a Netty channel. Everything of one connection happens on
 * its one event loop thread.
 *
 * <p>A server gives a {@link io.conmonj.rpc.CallHandler} as its bootstrap object and answers {@link
 * io.conmonj.rpc.IncomingCall}s; a client takes {@link io.conmonj.rpc.RpcConnection#bootstrap()}
 * and calls that {@link io.conmonj.rpc.Capability} with {@link io.conmonj.rpc.RpcConnection#call}.
 *
 * <p>Read from below to above, each class uses only those before it (a test holds that):
 *
 * <ol>
 *   <li>messages: {@link io.conmonj.rpc.MessageDecoder} takes them out of a byte stream, {@link
 *       io.conmonj.rpc.OutgoingMessage} is one being built, {@link io.conmonj.rpc.Outbound} sends
 *       it;
 *   <li>objects: {@link io.conmonj.rpc.Capability} refers to one of the other side, {@link
 *       io.conmonj.rpc.CallHandler} is one of this side, {@link io.conmonj.rpc.ExportTable} lists
 *       those of this side that the other side holds;
 *   <li>serving: {@link io.conmonj.rpc.CallTable} has an {@link io.conmonj.rpc.Answer} for each
 *       question of the other side and a {@link io.conmonj.rpc.ServedCall} for each that is a call;
 *   <li>calling: {@link io.conmonj.rpc.QuestionTable} has a {@link io.conmonj.rpc.PendingCall} for
 *       each question of this side, which an {@link io.conmonj.rpc.OutgoingCall} asked;
 *   <li>the connection, which gives each message that comes to one of the two tables.
 * </ol>
 *
 * <p>The package knows no interface and no container. It expects the shape that this project's
 * schemas have: a method takes one request struct and gives one response struct.
 */
package io.conmonj.rpc;
