/** The built {@code conmonjctl} with real containers, as a person or a script has it. */
package io.conmonj.it.tool;
