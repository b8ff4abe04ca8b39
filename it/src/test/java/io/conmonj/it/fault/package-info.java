/** Runtimes that fail, hang or die, and what else goes on meanwhile. */
package io.conmonj.it.fault;
