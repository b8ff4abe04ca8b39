/**
 * What a program connects forwarded ports with, where their targets are TCP ports of "localhost".
 */
package io.conmonj.streaming.tcp;
