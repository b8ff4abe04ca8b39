/**
 * What is on the control wire: readers and builders generated from the schemas in {@code
 * src/main/schema}, checked in.
 *
 * <p>Each struct class is its own factory for the {@code org.capnproto} runtime, which saves a
 * class for each; unions are told apart by {@code which()} and integer constants for the same
 * reason. The packages that use it must not change these files by hand: the generator and the test
 * that compares are in {@code io.conmonj.schemagen}, among this module's tests.
 */
package io.conmonj.schema;
