/**
 * What the Linux kernel offers: one small class for each facility, and nothing about containers.
 */
package io.conmonj.kernel;
