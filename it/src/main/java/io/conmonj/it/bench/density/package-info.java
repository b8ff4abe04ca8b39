/** What many pods on one node cost, with this monitor and with others in its place. */
package io.conmonj.it.bench.density;
