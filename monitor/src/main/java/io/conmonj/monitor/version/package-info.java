/** What this build of the monitor is. Depends on nothing. */
package io.conmonj.monitor.version;
