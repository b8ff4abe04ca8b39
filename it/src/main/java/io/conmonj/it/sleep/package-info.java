/** Monitors that are made to sleep whenever they can, and what sleep costs them. */
package io.conmonj.it.sleep;
