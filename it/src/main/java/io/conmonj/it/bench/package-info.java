/** What {@code make bench} measures, as ratios to a peer or the kernel in the same run. */
package io.conmonj.it.bench;
