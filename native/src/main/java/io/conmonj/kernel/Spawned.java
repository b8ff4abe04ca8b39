package io.conmonj.kernel;

import java.util.Optional;

/**
 * A program that has been started.
 *
 * @param pid its process, our child until it is reaped
 * @param oomScoreProblem what could not be done about oom_score_adj, in words for the log: the
 *     child runs, but it or this process is left with the other's value; empty when all is as asked
 */
public record Spawned(int pid, Optional<String> oomScoreProblem) {}
