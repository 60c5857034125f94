/** Number that opens the list of its leads. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

export interface RecordsQuery {
  title: string;
  /** The query of the records route. */
  query: string;
}

export const openRecords = signal<RecordsQuery | null>(null);

export function RecordsButton(props: RecordsQuery & { children: ComponentChildren }) {
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

/** A number, as a button if it has records. */
export function RecordsNumber(props: RecordsQuery & { hasAny: boolean; text: string }) {
  const { hasAny, text, ...query } = props;
  return hasAny ? <RecordsButton {...query}>{text}</RecordsButton> : <>{text}</>;
}
