/** Clients that send, and get back what they sent: whether every byte, and how soon. */
package io.conmonj.it.echo;
