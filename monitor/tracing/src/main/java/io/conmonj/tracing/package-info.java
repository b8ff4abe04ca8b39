/**
 * Exports the monitor's traces: OTLP over gRPC, by OpenTelemetry's own SDK and exporter. A jar of
 * its own, with all that it needs but the monitor: {@code lib/tracing.jar} of the distribution,
 * which is opened where traces are wanted and is on no class path.
 *
 * <p>Not a small exporter of our own on Netty's HTTP/2, though that would be a tenth of the size
 * and half of the memory: it would have to know what the SDK and the exporter know, which is
 * context and sampling, batches, limits, what to try again after which answer and when, and to
 * follow both specifications as they go on. What the SDK takes is taken only where traces are
 * wanted: about 14 MiB of private memory, and a third of a second of processor time, most of it not
 * before the first spans are exported, on a thread of the SDK's.
 *
 * <p>The exporter speaks gRPC through OkHttp, its default. The one that speaks through the JDK's
 * HTTP client has HTTP alone, since that client knows no trailers, in which gRPC has its status;
 * and it would have put a module more into the runtime of every monitor.
 *
 * <p>The loop's thread begins and ends spans, and never waits: what has ended goes into a queue
 * with a bound, of which threads of the SDK and of OkHttp take it. They start no processes, know
 * nothing of the monitor, and end with it.
 */
package io.conmonj.tracing;
