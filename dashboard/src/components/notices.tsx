/** Notices for the whole page: stale data, no connection, a token about to expire. */
import { useEffect, useState } from "preact/hooks";
import { refresh, troubles } from "../dashboard";
import { ago, instant } from "../format";
import { newestMeta } from "../resource";
import { at, expiresAt, token } from "../session";

const WARNED_MILLISECONDS = 5 * 60_000;

const TROUBLES = [
  {
    kind: "offline",
    title: "No connection.",
    text: "The page shows the last data that arrived. Trying again every few seconds.",
  },
  {
    kind: "unavailable",
    title: "Some data are unavailable right now.",
    text: "The last numbers stay on the page. Trying again every few seconds.",
  },
  {
    kind: "busy",
    title: "Too many requests at once.",
    text: "The rest follows in a moment.",
  },
] as const;

export function Notices() {
  const meta = newestMeta.value;
  const isExpiring = useExpiry();
  return (
    <div class="notices" role="status">
      {meta?.stale && (
        <p class="notice">
          <strong>These numbers are stale.</strong> The last successful refresh was too long ago, or
          the warehouse is unavailable. They were built {ago(meta.builtAt)}, on{" "}
          {instant(meta.builtAt, meta.timeZone)}.
        </p>
      )}
      {TROUBLES.filter(({ kind }) => troubles.value.has(kind)).map(({ kind, title, text }) => (
        <p key={kind} class="notice">
          <strong>{title}</strong> {text}
        </p>
      ))}
      {isExpiring && (
        <p class="notice">
          <strong>Your token expires within five minutes.</strong> Open a new link or sign in again
          to continue.
        </p>
      )}
    </div>
  );
}

/** True shortly before expiry. At expiry it sends a request: the API's clock decides. */
function useExpiry(): boolean {
  const [isExpiring, setExpiring] = useState(false);
  const bearer = token.value;
  useEffect(() => {
    setExpiring(false);
    const end = bearer === null ? null : expiresAt(bearer);
    if (end === null) return;
    const stops = [
      at(new Date(end.getTime() - WARNED_MILLISECONDS), () => setExpiring(true)),
      at(end, refresh),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [bearer]);
  return isExpiring;
}
