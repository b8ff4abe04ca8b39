/** Tests of the distribution: real launchers, a real Java runtime, no containers. */
package io.conmonj.it.start;
