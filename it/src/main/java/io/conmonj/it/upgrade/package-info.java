/**
 * A monitor that is upgraded again and again while everything that it can do goes on, and whether
 * anybody notices: {@code make upgrades}.
 */
package io.conmonj.it.upgrade;
