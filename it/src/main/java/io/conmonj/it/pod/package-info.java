/** A monitor with real busybox containers under runc, for tests, demo and benchmarks. */
package io.conmonj.it.pod;
