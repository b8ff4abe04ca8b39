package io.conmonj.client.control;

import java.util.function.Consumer;
import java.util.function.Function;
import org.capnproto.FromPointerBuilder;
import org.capnproto.FromPointerReader;

/**
 * One call of the control interface, ready to be made.
 *
 * @param <Q> builder of the request message
 * @param <A> reader of the response message
 * @param <T> what the caller gets
 * @param what what it is about, for failures: {@code create container box}
 * @param interfaceId of the schema that has the method
 * @param method the method's number in the schema
 * @param requestType the request's struct
 * @param fill fills the request
 * @param responseType the response's struct
 * @param decode makes the reply of the response, on the loop
 */
public record ControlCall<Q, A, T>(
    String what,
    long interfaceId,
    int method,
    FromPointerBuilder<Q> requestType,
    Consumer<Q> fill,
    FromPointerReader<A> responseType,
    Function<A, T> decode) {}
