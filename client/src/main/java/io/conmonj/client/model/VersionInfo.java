package io.conmonj.client.model;

/**
 * What a monitor says about itself. Texts are never null and may be empty.
 *
 * @param processId its process id
 * @param version semantic version
 * @param tag the tag it was built from
 * @param commit the commit it was built from
 * @param buildDate when it was built
 * @param target the machine type it was built for
 * @param rustVersion the compiler's version (the field has its name from the schema)
 * @param cargoVersion the build tool's version (also named after the schema's field)
 * @param cargoTree its dependencies; empty unless asked for
 */
public record VersionInfo(
    long processId,
    String version,
    String tag,
    String commit,
    String buildDate,
    String target,
    String rustVersion,
    String cargoVersion,
    String cargoTree) {}
