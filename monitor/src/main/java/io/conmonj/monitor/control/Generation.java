package io.conmonj.monitor.control;

import io.conmonj.rpc.IncomingCall;

/**
 * The two layouts of the compatible interface. With its release 1.0 conmon-rs retyped a field of
 * each request from {@code Data} to {@code Void}, so that every pointer after it lies one slot
 * further forward; which one a caller was compiled with shows in how many pointers it sends.
 */
enum Generation {
  /** Up to conmon-rs 0.8. */
  OLD,
  /** From conmon-rs 1.0 on. */
  CURRENT;

  /** Pointers of an old {@code AttachRequest}; a current one has 4. */
  static final int ATTACH = 5;

  /** Pointers of an old {@code CreateContainerRequest}; a current one has 12. */
  static final int CREATE_CONTAINER = 13;

  /** Pointers of an old {@code CreateNamespacesRequest}; a current one has 6. */
  static final int CREATE_NAMESPACES = 7;

  /** Pointers of an old {@code ExecSyncContainerRequest}; a current one has 4. */
  static final int EXEC_SYNC = 5;

  /** Pointers of an old {@code ReopenLogRequest}; a current one has 2. */
  static final int REOPEN_LOG = 3;

  /** Pointers of an old {@code SetWindowSizeRequest}; a current one has 2. */
  static final int SET_WINDOW_SIZE = 3;

  /** Pointers of an old {@code VersionRequest}; a current one has 1. */
  static final int VERSION = 2;

  /**
   * @param oldPointers how many pointers the request has in the old layout
   */
  static Generation of(IncomingCall call, int oldPointers) {
    return call.requestPointers() >= oldPointers ? OLD : CURRENT;
  }
}
