/** Who is signed in: a token from the address's fragment or pasted, for as long as the tab lives. */
import { signal } from "@preact/signals";

export type Ending = "signed-out" | "expired" | "refused" | "no-agent";

const KEY = "agent-analytics.token";
const LONGEST_TIMER = 2 ** 31 - 1;

export const token = signal<string | null>(null);
export const ending = signal<Ending | null>(null);

/** Takes the token out of the address, or else the one that this tab has kept. */
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
  // A header could not carry anything else.
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

/** When the token says that it expires; null where it does not say so readably. */
export function expiresAt(bearer: string): Date | null {
  const seconds = claims(bearer)["exp"];
  return typeof seconds === "number" ? new Date(seconds * 1000) : null;
}

export function isExpired(bearer: string): boolean {
  const time = expiresAt(bearer);
  return time !== null && time.getTime() <= Date.now();
}

/** Calls back once that time has come, by this machine's clock. Returns what stops it. */
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
    return {}; // the API says what it thinks of it
  }
}
