package io.conmonj.client.model;

/**
 * A container that a monitor looks after.
 *
 * @param id its id, never null
 * @param processId of its first process
 */
public record ListedContainer(String id, long processId) {}
