/** The one way to the API: the token, the pace, entity tags, and what a failure means. */
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

export interface Question {
  method?: "GET" | "PUT";
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

/** Answers 200, 201 and 304 are a response, everything else is a failure. Rejects when aborted. */
export async function ask(path: string, question: Question = {}): Promise<Outcome> {
  const asking = token.value;
  if (asking === null) return { failure: { kind: "ended" } };
  await turn();
  const headers = new Headers({
    Authorization: `Bearer ${asking}`,
    Accept: question.accept ?? "application/json",
    ...question.headers,
  });
  if (question.tag) headers.set("If-None-Match", question.tag);
  if (question.body !== undefined) headers.set("Content-Type", "application/json");
  let response: Response;
  try {
    response = await fetch(new URL(path, document.baseURI), {
      method: question.method ?? "GET",
      headers,
      body: question.body === undefined ? null : JSON.stringify(question.body),
      cache: "no-store", // answers are kept in this tab's memory only
      credentials: "omit",
      signal: question.signal ?? null,
    });
  } catch (error) {
    if (question.signal?.aborted) throw error;
    return { failure: OFFLINE };
  }
  if (response.ok || response.status === 304) return { response };
  return { failure: await failureOf(response, asking) };
}

async function failureOf(response: Response, asking: string): Promise<Failure> {
  const body = await response.json().catch(() => ({}));
  const error: string = body.error ?? `The server answered ${response.status}`;
  const seconds = secondsOf(response.headers.get("Retry-After"));
  switch (response.status) {
    case 401:
      if (token.value === asking) signOut(isExpired(asking) ? "expired" : "refused");
      return { kind: "ended" };
    case 403:
      if (token.value === asking && error === "Agent access required") signOut("no-agent");
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

/** Returns when the next request may leave. */
async function turn(): Promise<void> {
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
