/** Page header: the agent, the age of the data, and the page's controls. */
import { agentId, refresh } from "../dashboard";
import { ago, instant } from "../format";
import { newestMeta } from "../resource";
import { signOut } from "../session";
import { theme, toggleTheme } from "../theme";

export function Header() {
  const next = theme.value === "dark" ? "light" : "dark";
  return (
    <header class="top">
      <div class="who">
        <strong>{agentId.value ?? "…"}</strong>
        <Freshness />
      </div>
      <div class="controls">
        <button type="button" class="icon" onClick={refresh} aria-label="Refresh" title="Refresh">
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M16 10a6 6 0 1 1-1.8-4.3M16 3v3.5h-3.5" />
          </svg>
        </button>
        <button
          type="button"
          class="icon"
          onClick={toggleTheme}
          aria-label={`Use ${next} colours`}
          title={`Use ${next} colours`}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="6.5" />
            <path class="filled" d="M10 3.5a6.5 6.5 0 0 1 0 13z" />
          </svg>
        </button>
        <button type="button" class="quiet" onClick={() => signOut("signed-out")}>
          Sign out
        </button>
      </div>
    </header>
  );
}

function Freshness() {
  const meta = newestMeta.value;
  if (!meta) return <span class="freshness">Loading …</span>;
  const through = meta.dataThrough ?? meta.builtAt;
  return (
    <span class="freshness" title={`Built ${ago(meta.builtAt)}`}>
      Data as of <time dateTime={through}>{instant(through, meta.timeZone)}</time>
      <span class="zone"> {meta.timeZone}</span>
      <span class="build"> · build {meta.buildId}</span>
      {meta.stale && <span class="tag is-warning">stale</span>}
    </span>
  );
}
