/** Button that downloads a list as CSV; fetches it with the token and saves it as a file. */
import { useState } from "preact/hooks";
import { type Failure, request } from "../client";
import { failureText } from "./frame";

export function CsvButton({ path, name }: { path: string; name: string }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const download = async () => {
    const outcome = await request(path, { accept: "text/csv" });
    setFailure(outcome.failure ?? null);
    if (outcome.response) save(await outcome.response.blob(), `${name}.csv`);
  };
  return (
    <span class="csv">
      {failure && <span role="status">{failureText(failure)}</span>}
      <button type="button" class="quiet" onClick={() => void download()}>
        CSV<span class="unseen"> of {name}</span>
      </button>
    </span>
  );
}

function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
