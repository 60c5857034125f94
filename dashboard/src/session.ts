/** The session: a token from the URL's fragment or pasted, stored for this tab only. */
import { signal } from "@preact/signals";

export type Ending = "signed-out" | "expired" | "refused" | "no-agent";

const KEY = "agent-analytics.token";
const LONGEST_TIMER = 2 ** 31 - 1;

export const token = signal<string | null>(null);
export const ending = signal<Ending | null>(null);

/** Takes the token from the URL and removes it there, or restores the one stored in this tab. */
export function restore(): void {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given !== null) {
    history.replaceState(null, "", location.pathname + location.search);
    signIn(given);
  } else if (token.value === null) {
    token.value = sessionStorage.getItem(KEY);
  }
}

export function signIn(given: string): void {
  const bare = given.trim().replace(/^Bearer\s+/i, "");
  // Other characters are not allowed in a header.
  if (!/^[!-~]+$/.test(bare)) return signOut("refused");
  sessionStorage.setItem(KEY, bare);
  ending.value = null;
  token.value = bare;
}

export function signOut(reason: Ending): void {
  sessionStorage.removeItem(KEY);
  ending.value = reason;
  token.value = null;
}

/** Returns the expiry of the token; null if it has none or cannot be decoded. */
export function expiresAt(bearer: string): Date | null {
  const seconds = claims(bearer)["exp"];
  return typeof seconds === "number" ? new Date(seconds * 1000) : null;
}

export function isExpired(bearer: string): boolean {
  const time = expiresAt(bearer);
  return time !== null && time.getTime() <= Date.now();
}

/** Calls `call` at `time` by the local clock. Returns a function that cancels it. */
export function at(time: Date, call: () => void): () => void {
  let timer: number;
  const wait = (): void => {
    const left = time.getTime() - Date.now();
    if (left <= 0) call();
    else timer = window.setTimeout(wait, Math.min(left, LONGEST_TIMER));
  };
  timer = window.setTimeout(wait, 0);
  return () => window.clearTimeout(timer);
}

function claims(bearer: string): Record<string, unknown> {
  try {
    const payload = bearer.split(".")[1] ?? "";
    return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return {}; // the API rejects it
  }
}
