/** The soak, as a test. */
package io.conmonj.it.soak;
