/** Choice of the window of the panels below it. */
import { WINDOWS, chosenWindow } from "../dashboard";
import { day, dayOfYear, plusDays } from "../format";
import { newestMeta } from "../resource";

export function WindowSwitch() {
  const last = newestMeta.value?.asOf;
  return (
    <div class="window-bar">
      <fieldset class="switch">
        <legend class="unseen">Days shown</legend>
        {WINDOWS.map((window) => (
          <label key={window}>
            <input
              type="radio"
              name="window"
              value={window}
              checked={chosenWindow.value === window}
              onChange={() => {
                chosenWindow.value = window;
              }}
            />
            <span>
              {window}
              <span class="days"> days</span>
            </span>
          </label>
        ))}
      </fieldset>
      {last && (
        <p class="window-dates">
          {day(plusDays(last, 1 - Number(chosenWindow.value)))} – {dayOfYear(last)}, against the{" "}
          {chosenWindow.value} days before
        </p>
      )}
    </div>
  );
}
