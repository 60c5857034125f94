/** Funnel of the period's leads. */
import type { Funnel } from "../api";
import { funnel, periodLabel, periodQuery } from "../dashboard";
import { count, orDash, percent } from "../format";
import { BarTable } from "../components/bars";
import { RecordsNumber } from "../components/records-button";
import { Frame } from "../components/frame";

export function FunnelPanel() {
  return (
    <Frame
      resource={funnel}
      title="Funnel"
      name="funnel"
      empty={(data) => (data.funnel.assigned === 0 ? "No leads in this period." : null)}
    >
      {(data) => <Stages data={data} />}
    </Frame>
  );
}

function Stages({ data }: { data: Funnel }) {
  const { funnel: stages, conversionRates: ofAll, ofPrevious } = data;
  const rows = [
    { name: "Assigned", value: stages.assigned, cells: [null, null] },
    {
      name: "Contacted",
      value: stages.contacted,
      cells: [ofAll.contactRate, ofPrevious.contactRate],
    },
    {
      name: "Interested",
      value: stages.interested,
      cells: [ofAll.interestRate, ofPrevious.interestRate],
    },
    {
      name: "Converted",
      value: stages.converted,
      cells: [ofAll.conversionRate, ofPrevious.conversionRate],
    },
  ];
  return (
    <BarTable
      caption={`Leads by stage, ${periodLabel(data.dateRange)}`}
      heads={["Stage", "Leads", "Of all", "Of last step"]}
      rows={rows.map(({ name, value, cells }, row) => ({
        name,
        key: name,
        value,
        cells: [
          <RecordsNumber
            hasAny={value > 0}
            text={count(value)}
            title={`${name} leads, ${periodLabel(data.dateRange)}`}
            query={`metric=funnel&stage=${name.toLowerCase()}&${periodQuery(data.dateRange)}`}
          />,
          ...cells.map((rate) => (row === 0 ? "" : orDash(rate, percent))),
        ],
      }))}
    />
  );
}
