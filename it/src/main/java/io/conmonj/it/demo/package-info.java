/** The demonstration that {@code make demo} runs: a monitor's main job on real containers. */
package io.conmonj.it.demo;
