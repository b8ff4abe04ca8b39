/**
 * Thousands of sessions of every kind and protocol, most of which end where they should not, and
 * what the monitor has left of them: nothing.
 */
package io.conmonj.it.soak;
