/** What the monitor has in memory, and that it does not keep it. */
package io.conmonj.it.memory;
