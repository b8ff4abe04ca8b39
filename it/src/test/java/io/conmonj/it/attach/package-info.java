/** Attach sessions to real containers, as streaming clients see them. */
package io.conmonj.it.attach;
