/** Reading server-sent events from a fetch body, which EventSource cannot do for a POST with a bearer token. */

/**
 * The events of a stream, in order.
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} alive called whenever bytes arrive, heartbeats included
 * @returns {AsyncGenerator<{name: string, data: string}>} ends when the stream ends; comments are skipped, and so is
 *   an event that the stream broke off in the middle of (HTML Living Standard, 9.2.6)
 */
export async function* events(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      pending += value;
      // A chunk may end between CR and LF: that CR waits for the next chunk.
      const held = pending.endsWith("\r") ? "\r" : "";
      const blocks = pending.slice(0, pending.length - held.length).replace(/\r\n?/g, "\n").split("\n\n");
      pending = blocks.pop() + held;
      for (const block of blocks) {
        const event = parse(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  }
  return data.length ? { name, data: data.join("\n") } : null;
}
