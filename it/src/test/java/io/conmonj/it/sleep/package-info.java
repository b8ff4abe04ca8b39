/** How tests are run with monitors that sleep between all their steps. */
package io.conmonj.it.sleep;
