/**
 * The monitor's streaming server embedded in a plain Java program: it serves local processes, with
 * threads that block, and without containers, runtime or root.
 */
package io.conmonj.it.clients.embedded;
