/** What hostile clients do to honest ones beside them: nothing. */
package io.conmonj.it.hostile;
