/** Seconds of a Retry-After header: a number or, from a proxy, a date (RFC 9110, 10.2.3). */
export function secondsOf(retryAfter: string | null): number {
  const given = retryAfter?.trim() || "5";
  const seconds = /^\d+$/.test(given)
    ? Number(given)
    : Math.ceil((Date.parse(given) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? 5 : Math.max(seconds, 1);
}
