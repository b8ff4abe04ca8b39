/**
 * A pod with six containers under a random mixture of attacks: never-reading clients, half
 * requests, nonsense, aborted sessions, a disk that is full, a monitor that is stopped and goes on,
 * few descriptors and little memory. What is asked of the monitor all the time: each line of the
 * flood is in its log, each exit is told, an honest session beside it goes on, and nothing is left.
 */
package io.conmonj.it.chaos;
