/** HTTP client of the API: adds the token and ETag, limits the rate, classifies failures. */
import { secondsOf } from "../../clients/typescript/src/retry-after";
import { isExpired, signOut, token } from "./session";

export type Failure =
  | { kind: "offline"; seconds: number }
  | { kind: "busy"; seconds: number }
  | { kind: "unavailable"; error: string; seconds: number }
  | { kind: "invalid"; details: { field: string; message: string }[] }
  | { kind: "refused"; error: string }
  | { kind: "ended" };

export type Outcome =
  | { response: Response; failure?: never }
  | { failure: Failure; response?: never };

export const OFFLINE: Failure = { kind: "offline", seconds: 5 };

export interface RequestOptions {
  method?: "GET" | "PUT" | "DELETE";
  body?: unknown;
  accept?: string;
  tag?: string | null;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

// Well within the API's default of 20 requests per second and 40 in a burst.
const PER_SECOND = 10;
const BURST = 25;
let tokens = BURST;
let filledAt = performance.now();
let waitUntil = 0;

/** Returns a response for 200, 201 and 304, else a failure. Rejects when aborted. */
export async function request(path: string, options: RequestOptions = {}): Promise<Outcome> {
  const bearer = token.value;
  if (bearer === null) return { failure: { kind: "ended" } };
  await rateLimit();
  const headers = new Headers({
    Authorization: `Bearer ${bearer}`,
    Accept: options.accept ?? "application/json",
    ...options.headers,
  });
  if (options.tag) headers.set("If-None-Match", options.tag);
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  let response: Response;
  try {
    response = await fetch(new URL(path, document.baseURI), {
      method: options.method ?? "GET",
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      cache: "no-store", // answers stay in this tab's memory only
      credentials: "omit",
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return { failure: OFFLINE };
  }
  if (response.ok || response.status === 304) return { response };
  return { failure: await failureOf(response, bearer) };
}

async function failureOf(response: Response, bearer: string): Promise<Failure> {
  const body = await response.json().catch(() => ({}));
  const error: string = body.error ?? `The server answered ${response.status}`;
  const seconds = secondsOf(response.headers.get("Retry-After"));
  switch (response.status) {
    case 401:
      if (token.value === bearer) signOut(isExpired(bearer) ? "expired" : "refused");
      return { kind: "ended" };
    case 403:
      if (token.value === bearer && error === "Agent access required") signOut("no-agent");
      return { kind: "refused", error };
    case 422:
      return { kind: "invalid", details: body.details ?? [] };
    case 429:
      waitUntil = performance.now() + seconds * 1000;
      return { kind: "busy", seconds };
    case 500:
    case 502:
    case 503:
    case 504:
      return { kind: "unavailable", error, seconds };
    default:
      return { kind: "refused", error };
  }
}

/** Waits until the token bucket and `Retry-After` allow the next request. */
async function rateLimit(): Promise<void> {
  for (;;) {
    const now = performance.now();
    tokens = Math.min(BURST, tokens + ((now - filledAt) / 1000) * PER_SECOND);
    filledAt = now;
    const wait = Math.max(waitUntil - now, ((1 - tokens) / PER_SECOND) * 1000);
    if (wait <= 0) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  tokens -= 1;
}
