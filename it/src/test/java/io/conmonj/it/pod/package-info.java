/** What the tests with containers need of the machine. */
package io.conmonj.it.pod;
