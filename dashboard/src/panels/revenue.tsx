/** Revenue by day, week or month, with the best day marked. */
import { useMemo } from "preact/hooks";
import type { Bucket, RevenueTrends } from "../api";
import { bucket, revenue } from "../dashboard";
import { day, money, monthOfYear, roundMoney, weekday } from "../format";
import { CsvButton } from "../components/csv-button";
import { Frame } from "../components/frame";
import { SeriesChart } from "../components/series-chart";

const BUCKETS: Record<Bucket, { label: string; caption: string; head: string }> = {
  daily: { label: "Days", caption: "Revenue of the last 30 days", head: "Day" },
  weekly: { label: "Weeks", caption: "Revenue of the last 12 weeks", head: "Week from" },
  monthly: { label: "Months", caption: "Revenue of the last 12 months", head: "Month" },
};

export function RevenuePanel() {
  return (
    <Frame resource={revenue} title="Revenue" name="revenue" lines={6} aside={<BucketSwitch />}>
      {(data) => <Revenue data={data} />}
    </Frame>
  );
}

function BucketSwitch() {
  return (
    <fieldset class="switch is-small">
      <legend class="unseen">Revenue by</legend>
      {(Object.keys(BUCKETS) as Bucket[]).map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name="period"
            value={choice}
            checked={bucket.value === choice}
            onChange={() => {
              bucket.value = choice;
            }}
          />
          <span>{BUCKETS[choice].label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Revenue({ data }: { data: RevenueTrends }) {
  const { bestDay } = data.insights;
  const { caption, head } = BUCKETS[data.period];
  const dates = useMemo(() => data.data.map(({ date }) => date), [data]);
  const series = useMemo(() => {
    const highlight = data.period === "daily" && bestDay ? dates.indexOf(bestDay.date) : -1;
    const values = data.data.map((point) => point.revenue);
    return [{ label: "Revenue", color: "--accent", values, isBars: true, highlight }];
  }, [data]);
  return (
    <>
      <SeriesChart
        dates={dates}
        series={series}
        caption={caption}
        dateHead={head}
        dateText={data.period === "monthly" ? monthOfYear : day}
        valueText={money}
        axisText={roundMoney}
      />
      <footer class="panel-foot">
        <p class="best-day">
          {bestDay ? (
            <>
              <i class="mark" aria-hidden="true" /> Best day of the last 30: {weekday(bestDay.date)}
              , <b>{money(bestDay.revenue)}</b>
            </>
          ) : (
            "No day of the last 30 earned anything yet."
          )}
        </p>
        <CsvButton
          path={`agent/analytics/revenue-trends?period=${data.period}`}
          name={`revenue-${data.period}`}
        />
      </footer>
    </>
  );
}
