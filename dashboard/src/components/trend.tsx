/** Change from the earlier period: arrow, and colour and a word where it is more than chance. */
import type { Trend } from "../api";
import { signedCount, signedPercent } from "../format";

export function TrendChip({ trend }: { trend: Trend }) {
  if (trend.change === null) return <span class="trend is-missing">{missing(trend)}</span>;
  const isBetter = trend.isNotable ? trend.better : null;
  const tone = isBetter === null ? "even" : isBetter ? "better" : "worse";
  return (
    <span class={`trend is-${tone}`}>
      <Arrow change={trend.change} />
      {changeText(trend, trend.change)} <span class="verdict">{verdict(trend)}</span>
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

/** Ranks are not tested: they move by chance every day. */
function verdict(trend: Trend): string {
  if (trend.change === 0) return "no change";
  if (trend.unit === "places") return trend.better ? "up" : "down";
  if (!trend.isNotable) return "within chance";
  return trend.better ? "better" : "worse";
}

function changeText(trend: Trend, change: number): string {
  if (trend.unit === "places") {
    return `${signedCount(change)} ${Math.abs(change) === 1 ? "place" : "places"}`;
  }
  return signedPercent(change);
}

function missing(trend: Trend): string {
  switch (trend.reason) {
    case "no_complete_day":
      return "No complete day to compare yet";
    case "partial_history":
      return "Your first day is after the start of the earlier days";
    case "undated":
      return "Too many conversions without a date";
    case "previous_zero":
      return "0 in the earlier days";
    case "named_periods_only":
      return "Not compared";
    default:
      return trend.current === null ? "No data in these days" : "No data in the earlier days";
  }
}
