/**
 * What a worker does before it takes the place of another: the same as then, for make-believe
 * clients of its own.
 */
package io.conmonj.monitor.rehearsal;
