/**
 * Has the worker of another build take the place of this one, without anything being lost: what is
 * upgraded to, when it can be, and the order in which it is done.
 */
package io.conmonj.monitor.upgrade;
