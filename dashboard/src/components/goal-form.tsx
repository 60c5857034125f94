/** Form for targets of a current or coming month, quarter or year; empty fields stay unchanged. */
import { useState } from "preact/hooks";
import type { GoalsRequest, Goal } from "../api";
import { type Failure, request } from "../client";
import { goals } from "../dashboard";
import { periodName } from "../goal-periods";
import { GOAL_TYPES } from "../goal-types";
import { Dialog } from "./dialog";
import { failureText } from "./frame";

const PERIODS: Record<Goal["period"], string> = {
  monthly: "Month",
  quarterly: "Quarter",
  yearly: "Year",
};
const FIELDS = (Object.keys(GOAL_TYPES) as Goal["goalType"][]).map((goalType) => {
  const { field, fieldLabel } = GOAL_TYPES[goalType];
  return { name: field, goalType, label: fieldLabel };
});

type Values = Record<string, string>;

export function GoalForm({ onClose }: { onClose: () => void }) {
  const [period, setPeriod] = useState<Goal["period"]>("monthly");
  const [chosen, setChosen] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const starts = goals.shown.value.data?.periodStarts[period] ?? [];
  const start = starts.includes(chosen) ? chosen : starts[0];
  const save = async (values: Values, repeats: boolean) => {
    const given = Object.entries(values).filter(([, value]) => value !== "");
    const body: GoalsRequest = {
      period,
      goals: Object.fromEntries(given.map(([name, value]) => [name, Number(value)])),
      repeats,
      ...(start !== undefined && { periodStart: start }),
    };
    const outcome = await request("agent/goals", { method: "PUT", body });
    setFailure(outcome.failure ?? null);
    if (outcome.failure) return;
    onClose();
    await goals.load();
  };
  return (
    <Dialog title="Set goals" onClose={onClose}>
      <form
        key={`${period} ${start}`}
        class="goal-form"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          void save(
            Object.fromEntries(FIELDS.map(({ name }) => [name, String(data.get(name))])),
            data.has("repeats"),
          );
        }}
      >
        <fieldset class="switch">
          <legend class="unseen">Period</legend>
          {(Object.keys(PERIODS) as Goal["period"][]).map((choice) => (
            <label key={choice}>
              <input
                type="radio"
                name="goal-period"
                checked={period === choice}
                onChange={() => setPeriod(choice)}
              />
              <span>{PERIODS[choice]}</span>
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="goal-start">Starting</label>
          <select
            id="goal-start"
            value={start}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {starts.map((each, number) => (
              <option key={each} value={each}>
                {periodName(period, each)}
                {number === 0 && " (current)"}
              </option>
            ))}
          </select>
        </div>
        {FIELDS.map((field) => (
          <TargetField
            key={field.name}
            {...field}
            set={setGoals(period, start).find((goal) => goal.goalType === field.goalType)}
            failure={failure}
          />
        ))}
        <label class="choice">
          <input
            type="checkbox"
            name="repeats"
            defaultChecked={setGoals(period, start).some((goal) => goal.repeats)}
          />{" "}
          Set again for each next period
        </label>
        {failure && !isOfFields(failure) && (
          <p class="failure" role="alert">
            {failureText(failure)}
          </p>
        )}
        <button type="submit" class="primary">
          Save
        </button>
      </form>
    </Dialog>
  );
}

/** Returns whether every error belongs to a field of the form, where it is shown. */
function isOfFields(failure: Failure): boolean {
  return (
    failure.kind === "invalid" &&
    failure.details.length > 0 &&
    failure.details.every(({ field }) => FIELDS.some(({ name }) => field.endsWith(name)))
  );
}

function setGoals(period: Goal["period"], start: string | undefined): Goal[] {
  return (goals.shown.value.data?.goals ?? []).filter(
    (goal) => goal.period === period && goal.periodStart === start,
  );
}

interface FieldProps {
  name: string;
  label: string;
  set: Goal | undefined;
  failure: Failure | null;
}

function TargetField({ name, label, set, failure }: FieldProps) {
  const wrong =
    failure?.kind === "invalid"
      ? failure.details.find((detail) => detail.field.endsWith(name))
      : undefined;
  const id = `goal-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="number"
        inputMode="decimal"
        min="0.01"
        step="0.01"
        defaultValue={set ? String(set.target) : ""}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-help`}
      />
      <p id={`${id}-help`} class={wrong ? "wrong" : "soft"}>
        {wrong?.message ?? (set ? "Leave empty to keep the current target." : "Not set yet.")}
      </p>
    </div>
  );
}
