package io.conmonj.it.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Maven project of somebody else, whose only Java file is {@link Greeting} and whose only
 * dependency is the streaming server, as {@code mvn install} leaves that in a local repository.
 */
final class EmbedderProject {
  /** What is needed of the project's directory to install the streaming server. */
  private static final List<String> INSTALLED = List.of("native", "monitor/streaming");

  private static final String MAIN = "src/main/java/io/conmonj/it/embedding/Greeting.java";

  private final Path directory;
  private final List<Path> dependencies;

  private EmbedderProject(Path directory, List<Path> dependencies) {
    this.directory = directory;
    this.dependencies = dependencies;
  }

  /**
   * Installs the streaming server and builds the project with it.
   *
   * @param work an empty directory for the sources, the local repository and the project
   */
  static EmbedderProject build(Path work) throws IOException {
    Path sources = copySources(work.resolve("conmonj"));
    Path project = Files.createDirectory(work.resolve("greeting"));
    Path module = Distribution.project().resolve("it");
    copy(module.resolve("src/test/embedder/pom.xml"), project.resolve("pom.xml"));
    copy(module.resolve(MAIN), project.resolve(MAIN));
    List<Path> dependencies = new ArrayList<>();
    try (EmptierRepository repository = new EmptierRepository(work.resolve("repository"))) {
      maven(sources, repository, "install", "-pl", "monitor/streaming", "-am");
      maven(project, repository, "package");
      String classPath = Files.readString(project.resolve("target/class-path"));
      for (String jar : classPath.strip().split(":", -1)) {
        dependencies.add(Path.of(jar).toRealPath());
      }
    }
    return new EmbedderProject(project, dependencies);
  }

  /** The jars that the program has beside its own class. */
  List<Path> dependencies() {
    return dependencies;
  }

  /** Runs the program with everything on the class path. */
  ExampleProgram run() throws IOException {
    return ExampleProgram.start(
        List.of("-cp", classes() + ":" + joinedDependencies()), Greeting.class.getName());
  }

  /** Runs the program, itself on the class path, with its dependencies as modules. */
  ExampleProgram runWithModules() throws IOException {
    return ExampleProgram.start(
        List.of(
            "-cp",
            classes(),
            "--module-path",
            joinedDependencies(),
            "--add-modules",
            "io.conmonj.streaming"),
        Greeting.class.getName());
  }

  private String classes() {
    return directory.resolve("target/classes").toString();
  }

  private String joinedDependencies() {
    return String.join(":", dependencies.stream().map(Path::toString).toList());
  }

  /** Elsewhere, since the build that runs this test has the outputs beside the sources in use. */
  private static Path copySources(Path to) throws IOException {
    Path from = Distribution.project();
    List<Path> wanted = new ArrayList<>();
    try (Stream<Path> poms = Files.find(from, 3, (path, _) -> path.endsWith("pom.xml"))) {
      wanted.addAll(poms.toList());
    }
    wanted.add(from.resolve(".mvn/jvm.config"));
    for (String module : INSTALLED) {
      try (Stream<Path> files = Files.walk(from.resolve(module).resolve("src/main"))) {
        wanted.addAll(files.filter(Files::isRegularFile).toList());
      }
    }
    for (Path file : wanted) {
      copy(file, to.resolve(from.relativize(file)));
    }
    return to;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  private static void maven(Path project, EmptierRepository repository, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Distribution.project().resolve("mvnw").toString());
    command.addAll(List.of("-f", project.resolve("pom.xml").toString(), "--batch-mode", "-q"));
    command.addAll(List.of("-Dmaven.test.skip=true", "-Dspotless.check.skip=true"));
    command.add("-Dmaven.repo.local=" + repository.directory());
    command.addAll(List.of(arguments));
    Process maven =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
    maven.getOutputStream().close();
    String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(maven.onExit().join().exitValue()).as("%s: %s", command, said).isZero();
  }
}
