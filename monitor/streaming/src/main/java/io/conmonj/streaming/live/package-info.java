/**
 * Which sessions there are now, and how much each has carried. Owns the list and the numbers of the
 * sessions; must not know how a session is carried, only how to ask it to end.
 */
package io.conmonj.streaming.live;
