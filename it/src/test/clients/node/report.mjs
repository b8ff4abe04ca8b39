// What a check found, as one JSON line, and the deadline of a check.

// The slowest check moves 50 MiB on a busy machine.
const CHECK_MILLISECONDS = 60_000;

export class Report {
  failed = false;

  /** Takes what is to be done with each line. */
  constructor(print = console.log) {
    this.print = print;
  }

  /** Runs one check; it ends with what it saw, or with an exception. */
  async check(name, run) {
    let ok = true;
    let detail = '';
    let timer;
    try {
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error('not finished in time')), CHECK_MILLISECONDS);
      });
      detail = (await Promise.race([run(), late])) ?? '';
    } catch (e) {
      ok = false;
      this.failed = true;
      detail = String(e.message ?? e);
    }
    clearTimeout(timer);
    await this.print(JSON.stringify({ check: name, ok, detail: String(detail) }));
  }
}

/** Throws when two values differ. */
export function want(got, expected) {
  if (got !== expected) {
    throw new Error(`got ${JSON.stringify(got)}, want ${JSON.stringify(expected)}`);
  }
}
