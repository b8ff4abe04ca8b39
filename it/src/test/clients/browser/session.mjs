// Kubernetes' channel protocols over the browser's own WebSocket, binary and base64.

const POLL_MILLISECONDS = 20;

/** Bytes that may wait in the browser before a sender waits. */
const MAX_BUFFERED = 1 << 20;

const CLOSE_CHANNEL = 255;

/** How a subprotocol writes a message: the channel as a byte or a digit, the payload raw or not. */
function encode(base64, channel, payload) {
  if (base64) {
    return `${channel}${payload.toBase64()}`;
  }
  const message = new Uint8Array(payload.length + 1);
  message[0] = channel;
  message.set(payload, 1);
  return message;
}

function decode(base64, data) {
  if (base64) {
    return [Number(data[0]), Uint8Array.fromBase64(data.slice(1))];
  }
  const bytes = new Uint8Array(data);
  return [bytes[0], bytes.subarray(1)];
}

/** One connection; what arrives is kept by channel. */
export class Session {
  #base64;
  #socket;
  received = [];

  constructor(url, protocol) {
    this.#base64 = protocol.includes('base64');
    this.#socket = new WebSocket(url, protocol);
    this.#socket.binaryType = 'arraybuffer';
    this.opened = new Promise((resolve, reject) => {
      this.#socket.onopen = resolve;
      this.#socket.onerror = () => reject(new Error('the WebSocket was not opened'));
    });
    this.closed = new Promise((resolve) => { this.#socket.onclose = resolve; });
    this.#socket.onmessage = ({ data }) => {
      const [channel, bytes] = decode(this.#base64, data);
      (this.received[channel] ??= []).push(bytes);
      this.onBytes?.(channel, bytes);
    };
  }

  /** Waits while the browser still has much to send. */
  async send(channel, bytes) {
    await this.opened;
    while (this.#socket.bufferedAmount > MAX_BUFFERED) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    this.#socket.send(encode(this.#base64, channel, bytes));
  }

  type(text) {
    return this.send(0, new TextEncoder().encode(text));
  }

  /** Ends stdin alone, which only v5 can. */
  async endInput() {
    await this.opened;
    this.#socket.send(new Uint8Array([CLOSE_CHANNEL, 0]));
  }

  close() {
    this.#socket.close();
  }

  async bytes(channel) {
    return new Uint8Array(await new Blob(this.received[channel] ?? []).arrayBuffer());
  }

  async text(channel) {
    return new TextDecoder().decode(await this.bytes(channel));
  }

  /** Waits until the text is there, doing something meanwhile if asked to. */
  async shows(channel, text, meanwhile = () => {}) {
    while (!(await this.text(channel)).includes(text)) {
      await meanwhile();
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
  }

  /** The status, once the server has closed in order. */
  async status() {
    const { wasClean, code } = await this.closed;
    if (!wasClean || code !== 1000) {
      throw new Error(`closed with code ${code}`);
    }
    return JSON.parse(await this.text(3));
  }
}
