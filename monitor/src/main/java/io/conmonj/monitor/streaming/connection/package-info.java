/** What every kind of connection does in the same way, whatever protocol it speaks. */
package io.conmonj.monitor.streaming.connection;
