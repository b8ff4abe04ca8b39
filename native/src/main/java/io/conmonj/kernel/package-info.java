/**
 * What the Linux kernel offers: one small class for each facility, each a typed face on a few C
 * library calls made through jffi, and nothing about containers, protocols or event loops. A
 * descriptor has one owner, its {@link io.conmonj.kernel.Fd}; every descriptor is made
 * close-on-exec in the call that creates it; a failing call becomes a {@link
 * io.conmonj.kernel.KernelException} that names the call, its argument and the errno. Classes bind
 * their C functions when they are first used, so that a program pays only for what it calls.
 * Constants and structure layouts are those of 64-bit little-endian Linux with glibc, x86_64 and
 * aarch64; where the two differ, the class says so.
 */
package io.conmonj.kernel;
