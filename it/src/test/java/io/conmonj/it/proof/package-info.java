/** Which tests prove that nothing is missing, by the tables of this module. */
package io.conmonj.it.proof;
