/** Change from the earlier period: arrow, and colour and a word where it is more than chance. */
import type { Trend } from "../api";
import { signedCount, signedPercent } from "../format";

interface Change {
  change: number;
  unit: string;
  better: boolean | null;
  isNotable: boolean;
}

export function TrendChip({ trend }: { trend: Trend }) {
  const { change } = trend;
  if (change === null) return <span class="trend is-missing">{missing(trend)}</span>;
  return <ChangeChip change={{ ...trend, change }} />;
}

export function ChangeChip({ change }: { change: Change }) {
  const isBetter = change.isNotable ? change.better : null;
  const tone = isBetter === null ? "even" : isBetter ? "better" : "worse";
  return (
    <span class={`trend is-${tone}`}>
      <Arrow change={change.change} />
      {changeText(change)} <span class="verdict">{verdict(change)}</span>
    </span>
  );
}

function Arrow({ change }: { change: number }) {
  const path = change === 0 ? "M1 4h8v2H1z" : change > 0 ? "M5 1l4 8H1z" : "M5 9l4-8H1z";
  return (
    <svg class="arrow" viewBox="0 0 10 10" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

/** Ranks are not tested: they move by chance every day. */
function verdict({ change, unit, better, isNotable }: Change): string {
  if (change === 0) return "no change";
  if (unit === "places") return better ? "up" : "down";
  if (!isNotable) return "within chance";
  return better ? "better" : "worse";
}

function changeText({ change, unit }: Change): string {
  if (unit === "places") {
    return `${signedCount(change)} ${Math.abs(change) === 1 ? "place" : "places"}`;
  }
  return signedPercent(change);
}

function missing(trend: Trend): string {
  switch (trend.reason) {
    case "no_complete_day":
      return "No complete day to compare yet";
    case "partial_history":
      return "You started after the earlier days began, so there is nothing fair to compare with";
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
