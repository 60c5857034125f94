/** Stream of events, delivered once and in order over any number of connections. */
import type { Options } from "./client.js";
import { EventParser } from "./events.js";
import { secondsOf } from "./retry-after.js";
import type { components } from "./schema.js";

type Activity = components["schemas"]["Activity"];
type Goal = components["schemas"]["Goal"];
type Build = Omit<components["schemas"]["Meta"], "stale">;

export type StreamEvent =
  | { name: "activity"; data: Activity }
  | { name: "goal"; data: Pick<Goal, "id" | "period" | "goalType"> & { isAchieved: boolean } }
  | { name: "build"; data: Build }
  | { name: "end"; data: { reason: "token_expired" | "server_shutdown" | "unavailable" } };

export interface FollowOptions extends Options {
  signal?: AbortSignal;
  /** Id of the last event of an earlier stream. */
  lastEventId?: string;
  /** Called with the id of every position, to be stored for the next `lastEventId`. */
  onPlace?: (lastEventId: string) => void;
}

/** The API rejected the token or the position; retrying with the same ones is useless. */
export class StreamRefusedError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const PATH = "/agent/analytics/activities/stream";
const SILENT_MILLISECONDS = 40_000; // a heartbeat comes every 15 s
const LONGEST_PAUSE = 30_000;

/**
 * Yields events until the signal aborts; reconnects after a break or an `end`. Rethrows errors of
 * `token`, and throws StreamRefusedError.
 */
export async function* follow(options: FollowOptions): AsyncGenerator<StreamEvent, void> {
  const parser = new EventParser();
  parser.lastId = options.lastEventId ?? null;
  let failures = 0;
  while (!options.signal?.aborted) {
    let pause = parser.retryMilliseconds ?? 1000;
    // An error of `token` goes to the caller: there is no attempt without a token.
    const token = await options.token();
    try {
      const response = await open(options, token, parser.lastId);
      if (response.ok && response.body) {
        failures = 0;
        yield* eventsOf(response.body, parser, options);
      } else {
        failures += 1;
        pause = Math.max(pause, secondsOf(response.headers.get("Retry-After")) * 1000);
        await response.body?.cancel();
      }
    } catch (error) {
      if (options.signal?.aborted) return;
      if (error instanceof StreamRefusedError) throw error;
      failures += 1; // a broken connection
    }
    const longer = pause * 2 ** Math.max(failures - 1, 0);
    await sleep(Math.min(longer, Math.max(pause, LONGEST_PAUSE)), options.signal);
  }
}

async function open(
  options: FollowOptions,
  token: string,
  place: string | null,
): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: "text/event-stream",
    Authorization: `Bearer ${token}`,
  };
  if (place !== null) headers["Last-Event-ID"] = place;
  const response = await fetch(`${options.baseUrl}${PATH}`, {
    headers,
    credentials: "omit",
    cache: "no-store",
    signal: options.signal ?? null,
  });
  const { status } = response;
  if (status >= 400 && status < 500 && status !== 429) {
    const body = (await response.json().catch(() => ({}))) as { error?: string };
    throw new StreamRefusedError(status, body.error ?? `The server answered ${status}`);
  }
  return response;
}

async function* eventsOf(
  body: ReadableStream<Uint8Array>,
  parser: EventParser,
  options: FollowOptions,
): AsyncGenerator<StreamEvent, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let silence: ReturnType<typeof setTimeout> | undefined;
  try {
    for (;;) {
      silence = setTimeout(() => void reader.cancel(), SILENT_MILLISECONDS);
      const { done, value } = await reader.read();
      clearTimeout(silence);
      if (done) return;
      for (const { name, data } of parser.push(decoder.decode(value, { stream: true }))) {
        yield { name, data: JSON.parse(data) } as StreamEvent;
      }
      if (parser.lastId !== null) options.onPlace?.(parser.lastId);
    }
  } finally {
    clearTimeout(silence);
    parser.reset();
    await reader.cancel().catch(() => undefined);
  }
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done);
    if (signal?.aborted) done();
  });
}
