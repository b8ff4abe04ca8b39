/** The streaming server in other programs, which run here as they would elsewhere. */
package io.conmonj.it.embedding;
