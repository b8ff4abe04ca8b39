// Runs the checks of checks.mjs in a page of a headless Chromium, and prints what the page reports:
// one JSON line per check. Serves the page, its modules and the payload on a loopback port.
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: args } = parseArgs({
  options: {
    server: { type: 'string' },
    protocol: { type: 'string' },
    namespace: { type: 'string', default: 'default' },
    pod: { type: 'string' },
    attach: { type: 'string' },
    payload: { type: 'string' },
    sha256: { type: 'string' },
    'echo-port': { type: 'string' },
    'closed-port': { type: 'string' },
  },
});

const FILES = { '/': 'text/html', '/checks.mjs': 'text/javascript', '/session.mjs': 'text/javascript',
  '/report.mjs': 'text/javascript' };

let finish;
const finished = new Promise((resolve) => { finish = resolve; });

async function body(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return text;
}

const site = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (request.method === 'POST') {
    const text = await body(request);
    response.end();
    if (pathname === '/done') {
      finish(text === 'ok' ? 0 : 1);
    } else {
      console.log(text);
    }
  } else if (pathname === '/payload') {
    createReadStream(args.payload).pipe(response);
  } else if (pathname in FILES) {
    const file = pathname === '/' ? 'page.html' : pathname.slice(1);
    response.setHeader('Content-Type', FILES[pathname]);
    response.end(await readFile(join(import.meta.dirname, file)));
  } else {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));

const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
const query = new URLSearchParams({ ...args, payload: '' });
const browser = spawn('chromium', [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage', `--user-data-dir=${profile}`,
  `http://127.0.0.1:${site.address().port}/?${query}`,
], {
  // What it leaves in there goes with the profile.
  env: { ...process.env, TMPDIR: profile },
  stdio: ['ignore', 'ignore', 'pipe'],
});
let said = '';
browser.stderr.on('data', (text) => { said = (said + text).slice(-4000); });
const exited = new Promise((resolve) => browser.on('close', resolve));
exited.then(() => finish(2));

const code = await finished;
if (code === 2) {
  console.error(`the browser ended by itself: ${said}`);
}
browser.kill();
await exited;
await rm(profile, { recursive: true, force: true, maxRetries: 10 });
process.exit(code);
