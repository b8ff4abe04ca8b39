import { Attach, Exec } from '@kubernetes/client-node';
import { PassThrough, Writable } from 'node:stream';

const POLL_MILLISECONDS = 20;

/** Collects a stream as text. */
export class Screen extends Writable {
  text = '';

  _write(chunk, _, done) {
    this.text += chunk;
    done();
  }

  /** Waits until the text is there, doing something meanwhile if asked to. */
  async shows(text, meanwhile = () => {}) {
    while (!this.text.includes(text)) {
      meanwhile();
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
  }
}

/** A screen that has a size, as a terminal has. */
export class SizedScreen extends Screen {
  rows = 24;
  columns = 80;

  resize(rows, columns) {
    this.rows = rows;
    this.columns = columns;
    this.emit('resize');
  }
}

/** One exec. Its status is known when the server has sent it, or it is null when it never came. */
export class ExecSession {
  stdin = null;
  stderr = new Screen();

  constructor(target, stdout = new Screen()) {
    this.target = target;
    this.stdout = stdout;
  }

  withStdin() {
    this.stdin = new PassThrough();
    return this;
  }

  async start(command, tty = false) {
    const { config, namespace, pod } = this.target;
    let status = null;
    this.socket = await new Exec(config).exec(
      namespace, pod, pod, command, this.stdout, tty ? null : this.stderr, this.stdin, tty,
      (s) => { status = s; });
    this.ended = closed(this.socket).then(() => status);
    return this;
  }
}

/** Attaches; gives the WebSocket. */
export function attach(target, stdout, stderr, stdin) {
  const { config, namespace, attachable } = target;
  return new Attach(config).attach(namespace, attachable, attachable, stdout, stderr, stdin, false);
}

/** Resolves when the connection is closed. */
export function closed(socket) {
  return new Promise((resolve) => {
    socket.onclose = resolve;
  });
}
