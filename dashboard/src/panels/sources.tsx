/** Where the window's leads came from, and what came of them. */
import { chosenWindow, sources } from "../dashboard";
import { count, money, orDash, percent } from "../format";
import { BarTable } from "../parts/bars";
import { CsvButton } from "../parts/csv-button";
import { RecordsButton } from "../parts/records-button";
import { Frame } from "../parts/frame";

export function SourcesPanel() {
  const path = `agent/analytics/lead-sources?dateRange=${chosenWindow.value}`;
  return (
    <Frame
      panel={sources}
      title="Lead sources"
      name="sources"
      aside={<CsvButton path={path} name={`lead-sources-${chosenWindow.value}-days`} />}
      empty={(data) => (data.sources.length === 0 ? "No leads and no revenue in these days." : null)}
    >
      {(data) => (
        <BarTable
          caption={`Leads of ${data.dateRange} days by source`}
          heads={["Source", "Leads", "Converted", "Revenue"]}
          rows={data.sources.map((source) => ({
            name: source.source,
            key: source.source,
            value: source.count,
            cells: [
              <RecordsButton
                title={`Leads of ${data.dateRange} days from ${source.source}`}
                query={`metric=leads&dateRange=${data.dateRange}&source=${encodeURIComponent(source.source)}`}
              >
                {count(source.count)}
              </RecordsButton>,
              orDash(source.conversionRate, percent),
              money(source.revenue),
            ],
          }))}
        />
      )}
    </Frame>
  );
}
