/**
 * Namespaces that the containers of a pod share: made by a process that then stays in them, and
 * pinned below a directory of the caller's choice. Knows nothing of containers.
 */
package io.conmonj.monitor.namespace;
