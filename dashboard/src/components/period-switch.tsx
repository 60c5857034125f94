/** Choice of the period of the panels below it. */
import { PERIODS, chosenPeriod, kpis } from "../dashboard";
import { day, dayOfYear } from "../format";

export function PeriodSwitch() {
  const dates = kpis.shown.value.data?.period;
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
      {dates && (
        <p class="period-dates">
          {day(dates.from)} – {dayOfYear(dates.to)}
          {dates.compareFrom && dates.compareTo ? (
            <>
              , complete days compared with {day(dates.compareFrom)} – {dayOfYear(dates.compareTo)}
            </>
          ) : (
            ", no complete day to compare yet"
          )}
        </p>
      )}
    </div>
  );
}
