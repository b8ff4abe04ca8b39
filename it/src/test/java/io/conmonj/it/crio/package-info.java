/** A stock CRI-O, built by {@code build/crio}, with the built distribution as its monitor. */
package io.conmonj.it.crio;
