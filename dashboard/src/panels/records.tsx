/** The leads behind a number, as many as the number says. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { LeadRecord, Records } from "../api";
import { count, day, dayOfYear, hours, money, orDash } from "../format";
import { Panel } from "../panel";
import { CsvButton } from "../parts/csv-button";
import { Dialog } from "../parts/dialog";
import { Content } from "../parts/frame";
import { openRecords } from "../parts/records-button";

const ROWS_AT_ONCE = 200;
/** The column that says what a record adds to its number. */
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
  const asked = openRecords.value;
  if (!asked) return null;
  const close = () => {
    openRecords.value = null;
  };
  return (
    <Dialog key={asked.query} title={asked.title} onClose={close}>
      <RecordList path={`agent/analytics/records?${asked.query}`} />
    </Dialog>
  );
}

function RecordList({ path }: { path: string }) {
  const panel = useMemo(() => new Panel<Records>(() => path), [path]);
  useEffect(() => {
    void panel.load();
    return () => panel.forget();
  }, [panel]);
  return (
    <Content panel={panel} empty={(data) => (data.count === 0 ? "There are none." : null)}>
      {(data) => (
        <>
          <div class="panel-head">
            <p class="soft">{count(data.count)} in all, newest first</p>
            <CsvButton path={path} name={`${data.metric}-${data.dateRange}-days`} />
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
          Show more, {count(left)} are left
        </button>
      )}
    </div>
  );
}
