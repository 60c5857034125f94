/** Lead sources of the period with conversion rate and revenue. */
import type { DateRange, LeadSource } from "../api";
import { chosenPeriod, periodLabel, periodQuery, sources } from "../dashboard";
import { count, money, orDash, percent } from "../format";
import { type BarRow, BarTable } from "../components/bars";
import { CsvButton } from "../components/csv-button";
import { RecordsNumber } from "../components/records-button";
import { Frame } from "../components/frame";

export function SourcesPanel() {
  const path = `agent/analytics/lead-sources?${periodQuery(chosenPeriod.value)}`;
  return (
    <Frame
      resource={sources}
      title="Lead sources"
      name="sources"
      aside={<CsvButton path={path} name={`lead-sources-${chosenPeriod.value}`} />}
      empty={(data) =>
        data.sources.length === 0 ? "No leads and no revenue in this period." : null
      }
    >
      {(data) => (
        <BarTable
          caption={`Leads by source, ${periodLabel(data.dateRange)}`}
          heads={["Source", "Leads", "Converted", "Revenue"]}
          rows={data.sources.map((source) => row(source, data.dateRange))}
        />
      )}
    </Frame>
  );
}

function row(
  { source, count: leads, conversionRate, revenue }: LeadSource,
  dateRange: DateRange,
): BarRow {
  const query = `${periodQuery(dateRange)}&source=${encodeURIComponent(source)}`;
  const label = periodLabel(dateRange);
  return {
    name: source,
    key: source,
    value: leads,
    cells: [
      <RecordsNumber
        hasAny={leads > 0}
        text={count(leads)}
        title={`Leads from ${source}, ${label}`}
        query={`metric=leads&${query}`}
      />,
      orDash(conversionRate, percent),
      <RecordsNumber
        hasAny={revenue !== 0}
        text={money(revenue)}
        title={`Revenue from ${source}, ${label}`}
        query={`metric=revenue&${query}`}
      />,
    ],
  };
}
