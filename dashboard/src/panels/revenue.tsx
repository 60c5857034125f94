/** Revenue of the period by day, week or month, with the earlier one and the best day marked. */
import { useMemo } from "preact/hooks";
import type { Bucket, RevenueTrends } from "../api";
import { bucket, periodLabel, periodQuery, revenue } from "../dashboard";
import { day, money, monthOfYear, roundMoney, weekday } from "../format";
import { CsvButton } from "../components/csv-button";
import { Frame } from "../components/frame";
import { SeriesChart } from "../components/series-chart";

const BUCKETS: Record<Bucket, { label: string; of: string; head: string }> = {
  daily: { label: "Days", of: "day", head: "Day" },
  weekly: { label: "Weeks", of: "week", head: "Week from" },
  monthly: { label: "Months", of: "month", head: "Month" },
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
  const { of, head } = BUCKETS[data.period];
  const dates = useMemo(() => data.data.map(({ date }) => date), [data]);
  const series = useMemo(() => {
    const highlight = data.period === "daily" && bestDay ? dates.indexOf(bestDay.date) : -1;
    const values = data.data.map((point) => point.revenue);
    // By position: the earlier period can have fewer buckets, or more.
    const earlier = dates.map((_, place) => data.previous?.[place]?.revenue ?? null);
    return [
      { label: "Revenue", color: "--accent", values, isBars: true, highlight },
      { label: "Earlier", color: "--soft", values: earlier, isDashed: true },
    ];
  }, [data]);
  return (
    <>
      <SeriesChart
        dates={dates}
        series={series}
        caption={`Revenue by ${of}, ${periodLabel(data.dateRange ?? "")}`}
        dateHead={head}
        dateText={data.period === "monthly" ? monthOfYear : day}
        valueText={money}
        axisText={roundMoney}
      />
      <footer class="panel-foot">
        <p class="best-day">
          {bestDay ? (
            <>
              <i class="mark" aria-hidden="true" /> Best day: {weekday(bestDay.date)},{" "}
              <b>{money(bestDay.revenue)}</b>
            </>
          ) : (
            "No day of this period earned anything."
          )}
        </p>
        <CsvButton
          path={`agent/analytics/revenue-trends?period=${data.period}&${periodQuery(data.dateRange ?? "")}`}
          name={`revenue-${data.period}`}
        />
      </footer>
    </>
  );
}
