package io.conmonj.streaming.wire;

/**
 * The fields of the JSON that ends a session, and their values: the {@code Status} of the
 * Kubernetes API (meta/v1), of which servers send three shapes:
 *
 * <pre>{"metadata":{},"status":"Success"}
 * {"metadata":{},"status":"Failure","message":"…","reason":"NonZeroExitCode",
 *  "details":{"causes":[{"reason":"ExitCode","message":"3"}]}}
 * {"metadata":{},"status":"Failure","message":"…","reason":"InternalError","code":500}</pre>
 */
public final class StatusFields {
  public static final String STATUS = "status";
  public static final String MESSAGE = "message";
  public static final String REASON = "reason";
  public static final String DETAILS = "details";

  /** In the details: objects that each have a reason and a message. */
  public static final String CAUSES = "causes";

  /** A status. */
  public static final String SUCCESS = "Success";

  /** The other status. */
  public static final String FAILURE = "Failure";

  /** The reason of a command that ended with another exit code than 0. */
  public static final String NON_ZERO_EXIT_CODE = "NonZeroExitCode";

  /** The reason of the cause whose message is the exit code, in decimal digits. */
  public static final String EXIT_CODE = "ExitCode";

  /** The reason of everything else. */
  public static final String INTERNAL_ERROR = "InternalError";

  private StatusFields() {}
}
