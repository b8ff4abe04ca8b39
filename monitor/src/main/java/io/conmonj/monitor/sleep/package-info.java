/**
 * When a worker has so little to do that none is needed: it hands over to the holder, which starts
 * another when something happens. Knows nothing of what there is to do.
 */
package io.conmonj.monitor.sleep;
