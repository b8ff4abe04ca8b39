/** Exec sessions in real containers, as a streaming client sees them. */
package io.conmonj.it.exec;
