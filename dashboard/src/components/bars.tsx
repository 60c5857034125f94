/** Table of numbers with a bar in each row. */
import type { ComponentChildren } from "preact";

export interface BarRow {
  name: ComponentChildren;
  key: string;
  value: number;
  cells: ComponentChildren[];
}

interface Props {
  caption: string;
  heads: string[];
  rows: BarRow[];
  /** The value of a full bar; default: the largest value. */
  whole?: number;
}

export function BarTable({ caption, heads, rows, whole }: Props) {
  const full = whole ?? Math.max(...rows.map((row) => row.value));
  return (
    <table class="bars">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {heads.map((head, column) => (
            <th key={head} scope="col" class={column === 0 ? "" : "number"}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">
              <span class="bar-name">{row.name}</span>
              <Bar share={full > 0 ? row.value / full : 0} />
            </th>
            {row.cells.map((cell, column) => (
              <td key={heads[column + 1]} class="number">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Bar({ share }: { share: number }) {
  const width = `${Math.min(Math.max(share, 0), 1) * 100}%`;
  return (
    <span class="bar" aria-hidden="true">
      <i style={{ width }} />
    </span>
  );
}
