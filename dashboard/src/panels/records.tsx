/** The leads behind a number, as many as the number says. */
import { useEffect, useMemo } from "preact/hooks";
import type { Records } from "../api";
import { count, dayOfYear } from "../format";
import { Panel } from "../panel";
import { CsvButton } from "../parts/csv-button";
import { Dialog } from "../parts/dialog";
import { Content } from "../parts/frame";
import { openRecords } from "../parts/records-button";

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
    <Content
      panel={panel}
      empty={(data) => (data.records.length === 0 ? "There are none." : null)}
    >
      {(data) => (
        <>
          <div class="panel-head">
            <p class="soft">{count(data.records.length)} in all</p>
            <CsvButton path={path} name="records" />
          </div>
          <div class="scroll is-tall" tabIndex={0} role="region" aria-label="Leads">
            <table>
              <thead>
                <tr>
                  <th scope="col">Lead</th>
                  <th scope="col" class="number">
                    Date
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.records.map((record, row) => (
                  <tr key={row}>
                    <th scope="row">{record.leadId}</th>
                    <td class="number">{dayOfYear(record.date)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Content>
  );
}
