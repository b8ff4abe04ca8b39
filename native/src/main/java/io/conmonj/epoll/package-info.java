/** Netty's epoll, as every event loop of this project needs it. */
package io.conmonj.epoll;
