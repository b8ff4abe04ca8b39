/**
 * The monitor's streaming server embedded in a plain Java program, without containers, runtime or
 * root. {@link io.conmonj.it.embedding.Greeting} is the least there is to it; {@link
 * io.conmonj.it.embedding.LocalServer} runs real processes, on pipes or a terminal, with threads
 * that block, and forwards ports. Both are programs: {@code make example} runs the latter.
 */
package io.conmonj.it.embedding;
