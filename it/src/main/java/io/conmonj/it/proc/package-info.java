/** What the kernel says of a process: descriptors, threads, memory. */
package io.conmonj.it.proc;
