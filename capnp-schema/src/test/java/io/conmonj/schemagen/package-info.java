/**
 * The code generator behind {@code io.conmonj.schema}: reads what {@code capnp compile -o-} says of
 * a schema and writes Java over the {@code org.capnproto} runtime.
 *
 * <p>It lives among the tests because it must never ship: what it writes is checked in, and {@link
 * io.conmonj.schemagen.SchemaDriftTest} fails when the two differ. It knows Cap'n Proto's {@code
 * schema.capnp} and nothing of RPC or containers.
 */
package io.conmonj.schemagen;
