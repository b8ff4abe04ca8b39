/** Containers from their creation to their exit file, as a container runtime sees them. */
package io.conmonj.it.container;
