/**
 * The widget's line to the gateway: theme, session, turns. Knows HTTP and nothing of the page.
 *
 *   GatewayFault
 *   ├── Problem   the server answered that it will not (application/problem+json)
 *   └── Broken    no answer, a late one, or one that cannot be read: `kind` is offline, slow or garbled
 */

import { events } from "./sse.js";

/** Longest silence on an open stream. The server sends a heartbeat at least every 15 s. */
const SILENCE_MAX_MS = 45_000;
/** Longest wait for what only brings buttons up to date. */
const TASTE_PATIENCE_MS = 8_000;
/** Statuses that say "not here" or "not this way" about the stream, and nothing about the message. */
const NO_STREAM_HERE = new Set([404, 405, 406, 501, 502, 504]);

export class GatewayFault extends Error {}

export class Problem extends GatewayFault {
  /** @param {{type?: string, title?: string, detail?: string, status: number, retryAfterS?: number}} told */
  constructor({ type = "about:blank", title = "", detail = "", status, retryAfterS = 0 }) {
    super(detail || title || `HTTP ${status}`);
    Object.assign(this, { type, status, retryAfterS });
  }
}

export class Broken extends GatewayFault {
  constructor(kind, cause) {
    super(kind, { cause });
    this.kind = kind;
  }
}

async function problemOf(response) {
  const isProblem = (response.headers.get("content-type") ?? "").includes("json");
  const told = isProblem ? await response.json().catch(() => ({})) : {};
  const retryAfterS = Number(response.headers.get("retry-after") ?? told.retry_after_s) || 0;
  return new Problem({ ...told, status: response.status, retryAfterS });
}

/** Aborts when told to, by a caller's signal or after a silence; `stir` starts the silence anew. */
class Watch {
  #abort = new AbortController();
  #timer = 0;

  constructor(outer) {
    outer?.addEventListener("abort", () => this.#abort.abort(outer.reason), { once: true });
    if (outer?.aborted) this.#abort.abort(outer.reason);
    this.stir();
  }

  get signal() {
    return this.#abort.signal;
  }

  stir() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#abort.abort(new Broken("slow")), SILENCE_MAX_MS);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

export class Gateway {
  #server;
  #persona;
  #memory;

  /**
   * @param {{server: string, persona: string, memory: {session: string | null}}} options
   *   server without a trailing slash; the session token is read from and written to `memory`
   */
  constructor({ server, persona, memory }) {
    this.#server = server;
    this.#persona = persona;
    this.#memory = memory;
  }

  /** The personas a visitor may choose from (`engine.wire.Theme`). */
  static async personas(server) {
    return (await request(`${server}/v1/personas`)).json();
  }

  /** The public face of this persona. Raises GatewayFault. */
  async theme() {
    return (await request(`${this.#server}/v1/personas/${encodeURIComponent(this.#persona)}`)).json();
  }

  /**
   * One turn, whole. Raises GatewayFault, or the reason of `signal` when that is aborted.
   * @param {{text: string} | {action: {kind: string, movie_id: string}}} said
   * @param {{key: string, signal?: AbortSignal, heard: (name: string, data: object) => void}} options
   *   `key` marks the turn: sent again under the same key it is answered, not done, again. `heard` is told of
   *   typing, reply and card as they arrive; it hears nothing when the turn came in one piece.
   */
  async turn(said, { key, signal, heard }) {
    let delivered = false;
    const hear = (name, data) => {
      delivered ||= name === "reply" || name === "card";
      heard(name, data);
    };
    try {
      return await this.#signedIn((token) => this.#streamed(said, { token, key, signal, hear }));
    } catch (fault) {
      const streamFailed = fault instanceof Broken || (fault instanceof Problem && NO_STREAM_HERE.has(fault.status));
      if (delivered || !streamFailed || fault.kind === "slow" || signal?.aborted) throw fault;
      return this.#signedIn((token) => this.#whole(said, { token, key, signal }));
    }
  }

  /** What the server keeps of this person (`engine.wire.TasteReply`), null where nobody has spoken yet. Raises GatewayFault. */
  async taste({ signal }) {
    const token = this.#memory.session;
    if (!token) return null;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(TASTE_PATIENCE_MS)]);
    const response = await request(`${this.#server}/v1/me`, { signal: patience, headers: { Authorization: `Bearer ${token}` } });
    const { taste } = await response.json().catch((cause) => {
      throw new Broken("garbled", cause);
    });
    return taste;
  }

  async #signedIn(attempt) {
    const token = this.#memory.session ?? (await this.#openSession());
    try {
      return await attempt(token);
    } catch (fault) {
      if (!(fault instanceof Problem) || fault.status !== 401) throw fault;
      // Expired or signed by a server that is gone: one new session, and the next 401 is the person's to see.
      return attempt(await this.#openSession());
    }
  }

  async #openSession() {
    const response = await request(`${this.#server}/v1/sessions`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ persona: this.#persona }),
    });
    const { session } = await response.json();
    this.#memory.session = session;
    return session;
  }

  #message(said, { token, key, signal, accept }) {
    return {
      method: "POST",
      signal,
      headers: {
        "Content-Type": "application/json",
        Accept: accept,
        Authorization: `Bearer ${token}`,
        "Idempotency-Key": key,
      },
      body: JSON.stringify({ persona: this.#persona, ...said }),
    };
  }

  async #whole(said, { token, key, signal }) {
    const message = this.#message(said, { token, key, signal, accept: "application/json" });
    const response = await request(`${this.#server}/v1/chat`, message);
    return response.json().catch((cause) => {
      throw new Broken("garbled", cause);
    });
  }

  async #streamed(said, { token, key, signal, hear }) {
    const watch = new Watch(signal);
    try {
      const message = this.#message(said, { token, key, signal: watch.signal, accept: "text/event-stream" });
      const response = await request(`${this.#server}/v1/chat/stream`, message);
      if (!(response.headers.get("content-type") ?? "").startsWith("text/event-stream")) throw new Broken("garbled");
      for await (const { name, data } of events(response.body, () => watch.stir())) {
        const value = JSON.parse(data);
        if (name === "turn") return value;
        if (name === "error") throw new Problem({ status: 500, retryAfterS: value.retry_after_s, ...value });
        hear(name, value);
      }
      throw new Broken("offline");
    } catch (fault) {
      if (watch.signal.aborted) throw watch.signal.reason;
      if (fault instanceof GatewayFault) throw fault;
      throw new Broken(fault instanceof SyntaxError ? "garbled" : "offline", fault);
    } finally {
      watch.end();
    }
  }
}

async function request(url, init = {}) {
  let response;
  try {
    // The token travels in a header: cookies of the embedding site have no business here.
    response = await fetch(url, { ...init, credentials: "omit" });
  } catch (cause) {
    throw init.signal?.aborted ? init.signal.reason : new Broken("offline", cause);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}
