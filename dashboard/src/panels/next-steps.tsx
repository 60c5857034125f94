/** Next steps: leads that wait for an answer, then insights with their evidence. */
import type { Insight } from "../api";
import { insights, periodLabel, periodQuery, responses } from "../dashboard";
import { count, precise } from "../format";
import { Frame } from "../components/frame";
import { RecordsButton } from "../components/records-button";

const TONES: Record<Insight["type"], { word: string; tone: string }> = {
  action: { word: "To do", tone: "warn" },
  negative: { word: "Watch", tone: "bad" },
  positive: { word: "Going well", tone: "good" },
  info: { word: "Good to know", tone: "even" },
};

export function NextStepsPanel() {
  return (
    <Frame resource={insights} title="What to do next" name="next" lines={5}>
      {(data) => (
        <ul class="steps">
          <Waiting />
          {data.insights.map((insight) => (
            <Step key={insight.id} insight={insight} />
          ))}
          {data.insights.length === 0 && (
            <li class="soft">No change of your numbers is more than chance.</li>
          )}
        </ul>
      )}
    </Frame>
  );
}

function Waiting() {
  const { data } = responses.shown.value;
  if (!data) return null;
  const { mean, waiting, dateRange } = data;
  const label = periodLabel(dateRange);
  if (waiting === 0) {
    if (mean === null) return null;
    return (
      <li>
        <span class="status is-good">Done</span>
        <h3>No lead waits for an answer ({label})</h3>
      </li>
    );
  }
  return (
    <li>
      <span class="status is-warn">To do</span>
      <h3>
        <RecordsButton
          title={`Leads that wait for an answer, ${label}`}
          query={`metric=waiting&${periodQuery(dateRange)}`}
        >
          {count(waiting)} {waiting === 1 ? "lead waits" : "leads wait"}
        </RecordsButton>{" "}
        for an answer
      </h3>
      <p>Of the leads of this period ({label}). Answer the newest first.</p>
    </li>
  );
}

function Step({ insight }: { insight: Insight }) {
  const { word, tone } = TONES[insight.type];
  return (
    <li data-insight={insight.id}>
      <span class={`status is-${tone}`}>{word}</span>
      <h3>{insight.title}</h3>
      <p>{insight.message}</p>
      <details>
        <summary>Show the evidence</summary>
        <dl class="evidence">
          {Object.entries(insight.evidence)
            .filter(([, value]) => value !== null)
            .map(([name, value]) => (
              <div key={name}>
                <dt>{EVIDENCE[name] ?? name}</dt>
                <dd>{evidence(value)}</dd>
              </div>
            ))}
        </dl>
        {insight.records && (
          <RecordsButton title={insight.title} query={insight.records}>
            Show the leads
          </RecordsButton>
        )}
      </details>
    </li>
  );
}

function evidence(value: number | string | null): string {
  if (typeof value !== "number") return String(value);
  return Number.isInteger(value) ? count(value) : precise(value);
}

const EVIDENCE: Record<string, string> = {
  n: "Cases",
  nBefore: "Cases before",
  window: "Days compared",
  test: "Test",
  statistic: "Statistic",
  p: "Probability by chance",
};
