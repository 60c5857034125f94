/** A number that opens the leads behind it. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

export interface RecordsQuestion {
  title: string;
  /** The query of the records route. */
  query: string;
}

export const openRecords = signal<RecordsQuestion | null>(null);

export function RecordsButton(props: RecordsQuestion & { children: ComponentChildren }) {
  const { title, query, children } = props;
  return (
    <button
      type="button"
      class="to-records"
      aria-haspopup="dialog"
      onClick={() => {
        openRecords.value = { title, query };
      }}
    >
      {children}
    </button>
  );
}

/** A number with what is behind it, where there is anything. */
export function RecordsNumber(props: RecordsQuestion & { hasAny: boolean; text: string }) {
  const { hasAny, text, ...question } = props;
  return hasAny ? <RecordsButton {...question}>{text}</RecordsButton> : <>{text}</>;
}
