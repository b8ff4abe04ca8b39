/**
 * What others may see of the monitor from outside: its metrics.
 *
 * <p>Owns: their text formats, who may ask for them, and the measures that have no other owner. All
 * other packages may call it, and it calls none of them: what is to be told comes as a {@link
 * io.conmonj.monitor.observe.MetricsSource}. Counters are plain fields, written by the loop thread
 * wherever the thing counted happens; nothing is added up and no text is made before somebody asks.
 */
package io.conmonj.monitor.observe;
