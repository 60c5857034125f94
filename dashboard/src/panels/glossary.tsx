/** What every number means, in the words of the project that computes it; asked for on demand. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Metrics } from "../api";
import { Panel } from "../panel";
import { Dialog } from "../parts/dialog";
import { Content } from "../parts/frame";

export function Glossary() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        What the numbers mean
      </button>
      {isOpen && (
        <Dialog title="What the numbers mean" onClose={() => setOpen(false)}>
          <Definitions />
        </Dialog>
      )}
    </>
  );
}

function Definitions() {
  const panel = useMemo(() => new Panel<Metrics>(() => "agent/analytics/metrics"), []);
  useEffect(() => {
    void panel.load();
    return () => panel.forget();
  }, [panel]);
  return (
    <Content panel={panel}>
      {(data) => (
        <div class="scroll is-tall" tabIndex={0} role="region" aria-label="Definitions">
          {[...Map.groupBy(data.metrics, ({ route }) => route)].map(([route, metrics]) => (
            <section key={route}>
              <h3>{route.split("/").at(-1)}</h3>
              <dl class="definitions">
                {metrics.map(({ field, text, unit, formula, rounding }) => (
                  <div key={field}>
                    <dt>{field}</dt>
                    <dd>{text}</dd>
                    <dd class="soft">
                      {formula} ({unit}; {rounding})
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      )}
    </Content>
  );
}
