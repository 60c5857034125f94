/** Change from the previous window: arrow, colour, and a word for better or worse. */
import type { Trend } from "../api";
import { signedCount, signedPercent } from "../format";

export function TrendChip({ trend, days }: { trend: Trend; days: string }) {
  if (trend.change === null) return <span class="trend is-missing">{missing(trend, days)}</span>;
  const verdict = trend.better === null ? "even" : trend.better ? "better" : "worse";
  return (
    <span class={`trend is-${verdict}`}>
      <Arrow change={trend.change} />
      {changeText(trend, trend.change)}{" "}
      <span class="verdict">{verdict === "even" ? "no change" : verdict}</span>
    </span>
  );
}

export function Arrow({ change }: { change: number }) {
  const path = change === 0 ? "M1 4h8v2H1z" : change > 0 ? "M5 1l4 8H1z" : "M5 9l4-8H1z";
  return (
    <svg class="arrow" viewBox="0 0 10 10" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

function changeText(trend: Trend, change: number): string {
  if (trend.unit === "places") {
    return `${signedCount(change)} ${Math.abs(change) === 1 ? "place" : "places"}`;
  }
  return signedPercent(change);
}

function missing(trend: Trend, days: string): string {
  if (trend.reason === "previous_zero") return `0 in the ${days} days before`;
  return trend.current === null
    ? `No data in these ${days} days`
    : `No data in the ${days} days before`;
}
