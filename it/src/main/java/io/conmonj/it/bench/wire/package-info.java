/**
 * A client of the streaming protocols that does next to nothing, so that what is measured is the
 * server: it looks at the headers of frames only, reads much at once, and sends the same bytes
 * again and again.
 */
package io.conmonj.it.bench.wire;
