/** Monitors whose programs are replaced while their containers run. */
package io.conmonj.it.upgrade;
