/** Lead sources of the window with conversion rate and revenue. */
import type { LeadSource, Window } from "../api";
import { chosenWindow, sources } from "../dashboard";
import { count, money, orDash, percent } from "../format";
import { type BarRow, BarTable } from "../components/bars";
import { CsvButton } from "../components/csv-button";
import { RecordsNumber } from "../components/records-button";
import { Frame } from "../components/frame";

export function SourcesPanel() {
  const path = `agent/analytics/lead-sources?dateRange=${chosenWindow.value}`;
  return (
    <Frame
      resource={sources}
      title="Lead sources"
      name="sources"
      aside={<CsvButton path={path} name={`lead-sources-${chosenWindow.value}-days`} />}
      empty={(data) =>
        data.sources.length === 0 ? "No leads and no revenue in these days." : null
      }
    >
      {(data) => (
        <BarTable
          caption={`Leads of ${data.dateRange} days by source`}
          heads={["Source", "Leads", "Converted", "Revenue"]}
          rows={data.sources.map((source) => row(source, data.dateRange))}
        />
      )}
    </Frame>
  );
}

function row({ source, count: leads, conversionRate, revenue }: LeadSource, days: Window): BarRow {
  const query = `dateRange=${days}&source=${encodeURIComponent(source)}`;
  return {
    name: source,
    key: source,
    value: leads,
    cells: [
      <RecordsNumber
        hasAny={leads > 0}
        text={count(leads)}
        title={`Leads of ${days} days from ${source}`}
        query={`metric=leads&${query}`}
      />,
      orDash(conversionRate, percent),
      <RecordsNumber
        hasAny={revenue !== 0}
        text={money(revenue)}
        title={`Revenue of ${days} days from ${source}`}
        query={`metric=revenue&${query}`}
      />,
    ],
  };
}
