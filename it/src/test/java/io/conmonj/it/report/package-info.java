/** What the reports of the build say. */
package io.conmonj.it.report;
