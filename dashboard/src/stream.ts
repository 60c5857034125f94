/** The live event stream, read by fetch (EventSource sends no token) and resumed after a break. */
import { request } from "./client";
import { EventParser, type ServerEvent } from "../../clients/typescript/src/events";

const SILENT_MILLISECONDS = 40_000; // a heartbeat comes every 15 s
const LONGEST_PAUSE = 30_000;

export interface Listener {
  onEvent: (event: ServerEvent) => void;
  onState: (isLive: boolean) => void;
  /** Earlier events are not sent: load them. Also called if the stream is not available. */
  onGap: () => void;
}

/** Listens until the signal aborts or the session ends. */
export async function listen(path: string, listener: Listener, signal: AbortSignal): Promise<void> {
  const parser = new EventParser();
  let failures = 0;
  while (!signal.aborted) {
    await visible(signal);
    const position = parser.lastId;
    const { response, failure } = await open(path, position, signal);
    if (failure?.kind === "ended" || signal.aborted) return;
    if (failure?.kind === "refused" || failure?.kind === "invalid") parser.lastId = null;
    if (position === null && (response || failures === 0)) listener.onGap();
    if (response?.body) {
      failures = 0;
      listener.onState(true);
      await read(response.body, parser, listener.onEvent, signal);
      listener.onState(false);
    } else {
      failures += 1;
    }
    // A browser opens at most six connections to a server, so a hidden tab must not hold one.
    if (document.hidden) continue;
    const retryAfter = failure && "seconds" in failure ? failure.seconds * 1000 : 0;
    const pause = (parser.retryMilliseconds ?? 1000) * 2 ** Math.max(failures - 1, 0);
    await sleep(Math.max(retryAfter, Math.min(pause, LONGEST_PAUSE)), signal);
  }
}

async function open(path: string, position: string | null, signal: AbortSignal) {
  const headers: Record<string, string> = position === null ? {} : { "Last-Event-ID": position };
  return request(path, { accept: "text/event-stream", headers, signal }).catch(() => ({
    response: undefined,
    failure: undefined,
  }));
}

/** Returns when the stream ends, breaks, or falls silent. */
async function read(
  body: ReadableStream<Uint8Array>,
  parser: EventParser,
  onEvent: (event: ServerEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let timer = 0;
  const leave = () => {
    if (document.hidden) void reader.cancel();
  };
  document.addEventListener("visibilitychange", leave);
  leave(); // the tab may have been hidden during the request
  try {
    while (!signal.aborted) {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void reader.cancel(), SILENT_MILLISECONDS);
      const { done, value } = await reader.read();
      if (done) break;
      for (const event of parser.push(decoder.decode(value, { stream: true }))) onEvent(event);
    }
  } catch {
    // A broken connection: the caller reconnects.
  } finally {
    document.removeEventListener("visibilitychange", leave);
    window.clearTimeout(timer);
    parser.reset();
  }
}

/** Returns when the tab is visible. */
function visible(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener("visibilitychange", check);
      resolve();
    };
    document.addEventListener("visibilitychange", check);
    signal.addEventListener("abort", check);
    check();
  });
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      window.clearTimeout(timer);
      resolve();
    });
  });
}
