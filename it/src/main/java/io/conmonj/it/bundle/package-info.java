/** OCI bundles around a static busybox: what the tests, the demo and the benchmarks run. */
package io.conmonj.it.bundle;
