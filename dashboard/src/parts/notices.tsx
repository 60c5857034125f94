/** What concerns the whole page: stale data, no connection, a token about to expire. */
import { useEffect, useState } from "preact/hooks";
import { refresh, troubles } from "../dashboard";
import { ago, instant } from "../format";
import { newestMeta } from "../panel";
import { at, expiresAt, token } from "../session";

const WARNED_MILLISECONDS = 5 * 60_000;

const TROUBLES = [
  {
    kind: "offline",
    title: "No connection.",
    text: "What you see is what came last. Trying again every few seconds.",
  },
  {
    kind: "unavailable",
    title: "The server cannot answer everything just now.",
    text: "What was there before stays. Trying again every few seconds.",
  },
  {
    kind: "busy",
    title: "Too many requests at once.",
    text: "The rest follows as soon as the server lets it.",
  },
] as const;

export function Notices() {
  const meta = newestMeta.value;
  const isExpiring = useExpiry();
  return (
    <div class="notices" role="status">
      {meta?.stale && (
        <p class="notice">
          <strong>These numbers are stale.</strong> The last refresh that worked is too long ago, or
          the warehouse is away. They were built {ago(meta.builtAt)}, on{" "}
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
          to go on.
        </p>
      )}
    </div>
  );
}

/** True shortly before the end; at the end itself the API is asked, whose clock decides. */
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
