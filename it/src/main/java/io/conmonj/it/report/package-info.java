/** What the build says in the end about all tests that it ran. */
package io.conmonj.it.report;
