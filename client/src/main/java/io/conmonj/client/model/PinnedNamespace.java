package io.conmonj.client.model;

import java.nio.file.Path;

/**
 * A namespace that is there for as long as its file is mounted.
 *
 * @param type what it is about; never null
 * @param path its file, absolute; never null
 */
public record PinnedNamespace(NamespaceType type, Path path) {}
