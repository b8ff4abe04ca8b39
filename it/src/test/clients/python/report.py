"""What a check found, as one JSON line, and the deadline for what a check waits for."""

import json
import time

# The slowest check moves 50 MiB on a busy machine.
CHECK_SECONDS = 60


class Report:
    def __init__(self):
        self.failed = False

    def check(self, name, run):
        """Runs one check; it ends with what it saw, or with an exception."""
        try:
            detail, ok = run() or "", True
        except Exception as e:  # whatever the client library raises is the check's result
            detail, ok = f"{type(e).__name__}: {e}", False
            self.failed = True
        print(json.dumps({"check": name, "ok": ok, "detail": detail}), flush=True)


def deadline(what):
    """Goes round and round until the time for one check is over."""
    end = time.monotonic() + CHECK_SECONDS
    while time.monotonic() < end:
        yield
    raise TimeoutError(f"waited {CHECK_SECONDS} s for {what}")
