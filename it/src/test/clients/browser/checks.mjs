// Exec, attach and port-forward from a page.
import { Report, want } from './report.mjs';
import { Session } from './session.mjs';

const PAYLOAD_SIZE = 50 << 20;
const CHUNK = 64 << 10;
const FORWARDED_BYTES = 1 << 20;
const RESIZE = 4;

const args = Object.fromEntries(new URLSearchParams(location.search));
const PORT_FORWARD = args.protocol.includes('base64') ? 'v4.base64.channel.k8s.io' : 'v4.channel.k8s.io';

function connect(pod, subresource, query, protocol) {
  const url = new URL(`/api/v1/namespaces/${args.namespace}/pods/${pod}/${subresource}`, args.server);
  url.protocol = 'ws:';
  url.search = new URLSearchParams(query);
  return new Session(url, protocol);
}

function streams(stdin, tty) {
  return [['stdin', stdin], ['stdout', true], ['stderr', !tty], ['tty', tty]];
}

function exec(command, { stdin = false, tty = false } = {}) {
  const query = [...streams(stdin, tty), ...command.map((word) => ['command', word])];
  return connect(args.pod, 'exec', query, args.protocol);
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Each channel of a port begins with the port's number. */
function forward(port) {
  return connect(args.pod, 'portforward', [['ports', port]], PORT_FORWARD);
}

const checks = {
  'exec-exit-0': async () => {
    const session = exec(['sh', '-c', 'printf out; printf err >&2']);
    want((await session.status()).status, 'Success');
    want(`${await session.text(1)}|${await session.text(2)}`, 'out|err');
  },

  'exec-exit-3': async () => {
    const session = exec(['sh', '-c', 'printf out; exit 3']);
    want((await session.status()).details.causes[0].message, '3');
    want(await session.text(1), 'out');
  },

  'exec-missing-command': async () => {
    const status = await exec(['no-such-command']).status();
    want(status.status, 'Failure');
    return status.message;
  },

  'exec-stdin-half-close': async () => {
    const session = exec(['sh', '-c', 'cat; echo after'], { stdin: true });
    await session.type('before\n');
    await session.endInput();
    want((await session.status()).status, 'Success');
    want(await session.text(1), 'before\nafter\n');
  },

  'exec-resize': async () => {
    const session = exec(['sh', '-c', 'while read -r x; do stty size; done'], { stdin: true, tty: true });
    for (const [Height, Width] of [[33, 101], [44, 132]]) {
      await session.send(RESIZE, new TextEncoder().encode(JSON.stringify({ Width, Height })));
      await session.shows(1, `${Height} ${Width}`, () => session.type('\n'));
    }
    await session.type('\x04');
    want((await session.status()).status, 'Success');
  },

  'exec-50MiB-out': async () => {
    const session = exec(['sh', '-c', `seq 1 10000000 | head -c ${PAYLOAD_SIZE}`]);
    want((await session.status()).status, 'Success');
    want(await sha256(await session.bytes(1)), args.sha256);
  },

  'exec-50MiB-in': async () => {
    const payload = new Uint8Array(await (await fetch('/payload')).arrayBuffer());
    // Not ended by the client: v4 cannot.
    const session = exec(['sh', '-c', `head -c ${PAYLOAD_SIZE} | sha256sum`], { stdin: true });
    for (let at = 0; at < payload.length; at += CHUNK) {
      await session.send(0, payload.subarray(at, at + CHUNK));
    }
    want((await session.status()).status, 'Success');
    want((await session.text(1)).split(' ')[0], args.sha256);
  },

  attach: async () => {
    const session = connect(args.attach, 'attach', streams(true, false), args.protocol);
    await session.shows(1, 'got \n', () => session.type('\n'));
    await session.type('hello\n');
    await session.shows(1, 'got hello\n');
    await session.type('quit\n');
    want((await session.status()).status, 'Success');
  },

  'port-forward': async () => {
    const session = forward(args['echo-port']);
    const sent = Uint8Array.from({ length: FORWARDED_BYTES }, (_, i) => i % 251);
    let length = 0;
    const all = new Promise((resolve) => {
      session.onBytes = (channel, bytes) => {
        length += channel === 0 ? bytes.length : 0;
        if (length === sent.length + 2) {
          resolve();
        }
      };
    });
    for (let at = 0; at < sent.length; at += CHUNK) {
      await session.send(0, sent.subarray(at, at + CHUNK));
    }
    await all;
    const got = await session.bytes(0);
    want(got[0] | (got[1] << 8), Number(args['echo-port']));
    want(await sha256(got.subarray(2)), await sha256(sent));
    want((await session.bytes(1)).length, 2);
    session.close();
  },

  'port-forward-refused': async () => {
    const session = forward(args['closed-port']);
    await session.shows(1, args['closed-port']);
    const reason = (await session.text(1)).slice(2);
    session.close();
    return reason;
  },
};

// Only v5 tells the end of stdin alone.
if (!args.protocol.startsWith('v5.')) {
  delete checks['exec-stdin-half-close'];
}

const report = new Report((line) => fetch('/line', { method: 'POST', body: line }));
for (const [name, run] of Object.entries(checks)) {
  await report.check(name, run);
}
await fetch('/done', { method: 'POST', body: report.failed ? 'failed' : 'ok' });
