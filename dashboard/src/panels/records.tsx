/** Dialog with the leads that a number counts. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { LeadRecord, Records } from "../api";
import { count, day, dayOfYear, hours, money, orDash } from "../format";
import { Resource } from "../resource";
import { CsvButton } from "../components/csv-button";
import { Dialog } from "../components/dialog";
import { Content } from "../components/frame";
import { openRecords } from "../components/records-button";

const ROWS_AT_ONCE = 200;
/** Column with the contribution of a record to the number, by metric. */
const EXTRA: Partial<
  Record<Records["metric"], { head: string; cell: (record: LeadRecord) => string }>
> = {
  conversion: { head: "Converted", cell: ({ convertedOn }) => orDash(convertedOn, day) },
  revenue: { head: "Revenue", cell: ({ revenue }) => orDash(revenue, money) },
  response: { head: "Answered after", cell: ({ responseHours }) => orDash(responseHours, hours) },
  satisfaction: {
    head: "Rating",
    cell: ({ satisfactionRating }) => orDash(satisfactionRating, count),
  },
};

export function RecordsDialog() {
  const query = openRecords.value;
  if (!query) return null;
  const close = () => {
    openRecords.value = null;
  };
  return (
    <Dialog key={query.query} title={query.title} onClose={close}>
      <RecordList path={`agent/analytics/records?${query.query}`} />
    </Dialog>
  );
}

function RecordList({ path }: { path: string }) {
  const resource = useMemo(() => new Resource<Records>(() => path), [path]);
  useEffect(() => {
    void resource.load();
    return () => resource.reset();
  }, [resource]);
  return (
    <Content resource={resource} empty={(data) => (data.count === 0 ? "No records." : null)}>
      {(data) => (
        <>
          <div class="panel-head">
            <p class="soft">{count(data.count)} in all, newest first</p>
            <CsvButton path={path} name={`${data.metric}-${data.dateRange}`} />
          </div>
          <RecordTable data={data} />
        </>
      )}
    </Content>
  );
}

function RecordTable({ data }: { data: Records }) {
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const extra = EXTRA[data.metric];
  const left = data.records.length - shown;
  return (
    <div class="scroll is-tall" tabIndex={0} role="region" aria-label="Leads">
      <table>
        <thead>
          <tr>
            <th scope="col">Lead</th>
            <th scope="col">Source</th>
            {extra && (
              <th scope="col" class="number">
                {extra.head}
              </th>
            )}
            <th scope="col" class="number">
              {data.metric === "revenue" ? "Day of conversion" : "Lead date"}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.records.slice(0, shown).map((record, row) => (
            <tr key={row}>
              <th scope="row">{record.leadId ?? "Unknown lead"}</th>
              <td>{record.source}</td>
              {extra && <td class="number">{extra.cell(record)}</td>}
              <td class="number">{dayOfYear(record.date)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <button type="button" class="quiet" onClick={() => setShown(shown + ROWS_AT_ONCE)}>
          Show more ({count(left)} left)
        </button>
      )}
    </div>
  );
}
