/** A pod under all attacks at once. */
package io.conmonj.it.chaos;
