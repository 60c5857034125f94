/** Response times: mean, median, 90th percentile, distribution, and rolling means. */
import { useMemo } from "preact/hooks";
import type { ResponseTimes } from "../api";
import { periodLabel, periodQuery, responses } from "../dashboard";
import { axisHours, count, day, hours, orDash } from "../format";
import { BarTable } from "../components/bars";
import { RecordsNumber } from "../components/records-button";
import { Frame } from "../components/frame";
import { SeriesChart } from "../components/series-chart";

const BUCKETS: Record<ResponseTimes["buckets"][number]["bucket"], string> = {
  "0-1h": "Under 1 h",
  "1-4h": "1 to 4 h",
  "4-8h": "4 to 8 h",
  "8-24h": "8 to 24 h",
  "24h+": "24 h and more",
};

export function ResponsePanel() {
  return (
    <Frame
      resource={responses}
      title="Response times"
      name="response"
      lines={6}
      empty={(data) =>
        data.mean === null && data.unresponded === 0 ? "No leads to answer in this period." : null
      }
    >
      {(data) => <Responses data={data} />}
    </Frame>
  );
}

function Responses({ data }: { data: ResponseTimes }) {
  const dates = useMemo(() => data.rolling.map(({ date }) => date), [data]);
  const series = useMemo(
    () => [
      {
        label: "7 days",
        color: "--accent",
        values: data.rolling.map(({ rolling7dHours }) => rolling7dHours),
      },
      {
        label: "30 days",
        color: "--soft",
        isDashed: true,
        values: data.rolling.map(({ rolling30dHours }) => rolling30dHours),
      },
    ],
    [data],
  );
  const buckets = data.buckets.map(({ bucket, count: leads }) => ({
    name: BUCKETS[bucket],
    key: bucket,
    value: leads,
    cells: [count(leads)],
  }));
  const waiting = {
    name: "Not answered",
    key: "unresponded",
    value: data.unresponded,
    cells: [
      <RecordsNumber
        hasAny={data.unresponded > 0}
        text={count(data.unresponded)}
        title={`Leads without an answer, ${periodLabel(data.dateRange)}`}
        query={`metric=unresponded&${periodQuery(data.dateRange)}`}
      />,
    ],
  };
  return (
    <div class="response-body">
      <div>
        <dl class="figures">
          <Figure name="Mean" value={data.mean} />
          <Figure name="Median" value={data.median} />
          <Figure name="90 % within" value={data.p90} />
        </dl>
        <BarTable
          caption={`Leads by response time, ${periodLabel(data.dateRange)}`}
          heads={["Answered after", "Leads"]}
          rows={[...buckets, waiting]}
        />
      </div>
      <SeriesChart
        dates={dates}
        series={series}
        caption="Mean response time over the 7 and the 30 days up to each date"
        dateHead="Up to"
        dateText={day}
        valueText={hours}
        axisText={axisHours}
      />
    </div>
  );
}

function Figure({ name, value }: { name: string; value: number | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{orDash(value, hours)}</dd>
    </div>
  );
}
