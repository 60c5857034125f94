/** Choice of the period of the panels below it, and of what it is compared with. */
import { useState } from "preact/hooks";
import type { Compare } from "../api";
import {
  LONGEST_RANGE,
  PERIODS,
  SERVED_HISTORY_DAYS,
  chosenCompare,
  chosenPeriod,
  freeDates,
  hasYearBefore,
  kpis,
} from "../dashboard";
import { count, day, dayOfYear, daysBetween, plusDays } from "../format";

const COMPARISONS: readonly { name: Compare; label: string }[] = [
  { name: "previous", label: "Earlier period" },
  { name: "year", label: "A year earlier" },
];

export function PeriodSwitch() {
  const { data } = kpis.shown.value;
  return (
    <div class="period-bar">
      <fieldset class="switch">
        <legend class="unseen">Period shown</legend>
        {PERIODS.map(({ name, label }) => (
          <label key={name}>
            <input
              type="radio"
              name="period-shown"
              value={name}
              checked={chosenPeriod.value === name}
              onChange={() => {
                chosenPeriod.value = name;
              }}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {data && <FreeDates key={chosenPeriod.value} period={data.period} asOf={data.meta.asOf} />}
      <CompareSwitch />
      {data && <ShownDates period={data.period} />}
    </div>
  );
}

/** Form for dates of one's choice; it begins with those that are shown. */
function FreeDates({ period, asOf }: { period: { from: string; to: string }; asOf: string }) {
  const chosen = freeDates(chosenPeriod.value);
  const [from, setFrom] = useState(chosen?.from ?? period.from);
  const [to, setTo] = useState(chosen?.to ?? period.to);
  const limits = { min: plusDays(asOf, 1 - SERVED_HISTORY_DAYS), max: asOf, required: true };
  const problem = rangeProblem(from, to);
  const show = (event: Event) => {
    event.preventDefault();
    if (!problem) chosenPeriod.value = `${from}..${to}`;
  };
  return (
    <form class={chosen ? "free-dates is-chosen" : "free-dates"} onSubmit={show}>
      <label>
        From
        <input
          type="date"
          value={from}
          onInput={(event) => setFrom(event.currentTarget.value)}
          {...limits}
        />
      </label>
      <label>
        to
        <input
          type="date"
          value={to}
          onInput={(event) => setTo(event.currentTarget.value)}
          {...limits}
        />
      </label>
      <button type="submit" class="quiet">
        Show
      </button>
      <span role="status">{problem}</span>
    </form>
  );
}

function rangeProblem(from: string, to: string): string | null {
  if (!from || !to) return null;
  if (to < from) return "The last date is before the first.";
  if (daysBetween(from, to) < LONGEST_RANGE) return null;
  return `At most ${count(LONGEST_RANGE)} dates.`;
}

function CompareSwitch() {
  const isPossible = hasYearBefore(chosenPeriod.value);
  const shown = isPossible ? chosenCompare.value : "previous";
  return (
    <fieldset class="switch is-small">
      <legend class="unseen">Compared with</legend>
      {COMPARISONS.map(({ name, label }) => (
        <label key={name}>
          <input
            type="radio"
            name="compared-with"
            value={name}
            checked={shown === name}
            disabled={name === "year" && !isPossible}
            onChange={() => {
              chosenCompare.value = name;
            }}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface Dates {
  from: string;
  to: string;
  compareFrom: string | null;
  compareTo: string | null;
}

function ShownDates({ period: { from, to, compareFrom, compareTo } }: { period: Dates }) {
  return (
    <p class="period-dates">
      {day(from)} – {dayOfYear(to)}
      {compareFrom && compareTo
        ? `, complete days compared with ${day(compareFrom)} – ${dayOfYear(compareTo)}`
        : ", no complete day to compare yet"}
    </p>
  );
}
