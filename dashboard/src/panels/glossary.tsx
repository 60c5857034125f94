/** Glossary: the definitions of all numbers from the dbt project, loaded on demand. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Metrics } from "../api";
import { Resource } from "../resource";
import { Dialog } from "../components/dialog";
import { Content } from "../components/frame";

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
  const resource = useMemo(() => new Resource<Metrics>(() => "agent/analytics/metrics"), []);
  useEffect(() => {
    void resource.load();
    return () => resource.reset();
  }, [resource]);
  return (
    <Content resource={resource}>
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
