// As much of the WebDriver protocol as the tests need. WebKit's own driver is spoken to directly; it takes no browser
// name and no second protocol.

const REPLY_LIMIT_MS = 60_000;
/** A driver whose window has ended may never answer. */
const CLOSE_LIMIT_MS = 3_000;

/** Keys without a character of their own. */
export const KEY = { enter: '\uE007', f12: '\uE03C' };

/** One window under remote control. */
export class Driver {
  #address;

  /** @param {string} address of the session */
  constructor(address) {
    this.#address = address;
  }

  /** Starts `binary` with `args` and takes control of its window. */
  static async open(server, binary, args) {
    const options = { 'webkitgtk:browserOptions': { binary, args } };
    const { sessionId } = await send(`${server}/session`, 'POST', { capabilities: { alwaysMatch: options } });
    return new Driver(`${server}/session/${sessionId}`);
  }

  /** Runs a function in the page, with arguments that are JSON, and gives what it returns. */
  evaluate(body, ...args) {
    return this.#post('execute/sync', { script: `return (${body}).apply(null, arguments)`, args });
  }

  /** Runs a function in the page that returns a promise, and gives what that comes to. */
  async evaluateLater(body, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${body}).apply(null, [...arguments].slice(0, -1)))
        .then((value) => done({ value }), (error) => done({ error: error?.code ? error : String(error) }));`;
    const { value, error } = await this.#post('execute/async', { script, args });
    if (error !== undefined) throw Object.assign(new Error(JSON.stringify(error)), { body: error });
    return value;
  }

  /** Presses keys one after the other, wherever the focus is. */
  async keys(text) {
    const actions = [...text].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await this.#post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Clicks what a CSS selector finds first. */
  async click(selector) {
    const element = await this.#post('element', { using: 'css selector', value: selector });
    await this.#post(`element/${Object.values(element)[0]}/click`, {});
  }

  /** Loads another address, as if it had been typed. */
  go(url) {
    return this.#post('url', { url });
  }

  /** The address that is shown. */
  address() {
    return send(`${this.#address}/url`, 'GET');
  }

  /** How many windows there are. */
  async windows() {
    return (await send(`${this.#address}/window/handles`, 'GET')).length;
  }

  /** Lets go of the window, which ends the program if it still runs. */
  async close() {
    await send(this.#address, 'DELETE', undefined, CLOSE_LIMIT_MS);
  }

  #post(path, body) {
    return send(`${this.#address}/${path}`, 'POST', body);
  }
}

async function send(address, method, body, limitMs = REPLY_LIMIT_MS) {
  const response = await fetch(address, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(limitMs),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${new URL(address).pathname}: ${value?.error}: ${value?.message}`);
  return value;
}
