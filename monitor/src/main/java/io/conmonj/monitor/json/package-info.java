/**
 * JSON (RFC 8259) as far as the monitor needs it: text as a JSON string, and objects some of whose
 * members are replaced while all others stay as they are written. Depends on nothing.
 */
package io.conmonj.monitor.json;
