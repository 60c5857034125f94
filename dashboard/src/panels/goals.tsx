/** Goals: progress and pace of the current ones, upcoming and past ones, and the form to set them. */
import { useState } from "preact/hooks";
import type { Goal, Goals } from "../api";
import { goals } from "../dashboard";
import { type Failure, request } from "../client";
import { orDash, percent } from "../format";
import { periodName } from "../goal-periods";
import { GOAL_TYPES } from "../goal-types";
import { Content, failureText } from "../components/frame";
import { GoalForm } from "../components/goal-form";

const PERIODS: Goal["period"][] = ["monthly", "quarterly", "yearly"];
const STATUS: Record<Goal["status"], { word: string; tone: string; mark: string }> = {
  upcoming: { word: "Upcoming", tone: "even", mark: "○" },
  achieved: { word: "Achieved", tone: "good", mark: "✓" },
  ahead: { word: "Ahead", tone: "good", mark: "▲" },
  on_track: { word: "On track", tone: "even", mark: "●" },
  at_risk: { word: "At risk", tone: "warn", mark: "◆" },
  behind: { word: "Behind", tone: "bad", mark: "▼" },
  missed: { word: "Missed", tone: "bad", mark: "✕" },
  no_data: { word: "No data yet", tone: "even", mark: "–" },
};

export function GoalsPart() {
  const [isOpen, setOpen] = useState(false);
  return (
    <section class="goals" aria-labelledby="goals-title">
      <header class="panel-head">
        <h2 id="goals-title">Goals</h2>
        <button type="button" class="quiet" onClick={() => setOpen(true)}>
          Set goals
        </button>
      </header>
      <Content resource={goals} lines={3}>
        {(data) => <GoalList data={data} />}
      </Content>
      {isOpen && <GoalForm onClose={() => setOpen(false)} />}
    </section>
  );
}

function GoalList({ data }: { data: Goals }) {
  const { asOf } = data.meta;
  const sorted = [...data.goals].sort(
    (one, other) => PERIODS.indexOf(one.period) - PERIODS.indexOf(other.period),
  );
  const current = sorted.filter((goal) => goal.periodStart <= asOf && goal.periodEnd >= asOf);
  const upcoming = sorted.filter((goal) => goal.periodStart > asOf);
  const past = data.goals.filter((goal) => goal.periodEnd < asOf);
  return (
    <>
      {current.length === 0 ? (
        <p class="empty">
          No goal is set for this month, quarter or year. Set one to see its pace.
        </p>
      ) : (
        <ul class="goal-list">
          {current.map((goal) => (
            <GoalRow key={goal.id} goal={goal} />
          ))}
        </ul>
      )}
      <MoreGoals title="Upcoming goals" goals={upcoming} canDelete />
      <MoreGoals title="Past goals" goals={past} />
    </>
  );
}

interface MoreProps {
  title: string;
  goals: Goal[];
  canDelete?: boolean;
}

/** Goals of other periods, folded: the target, the value where there is one, and the status. */
function MoreGoals({ title, goals, canDelete = false }: MoreProps) {
  if (goals.length === 0) return null;
  return (
    <details class="more-goals">
      <summary>
        {title} ({goals.length})
      </summary>
      <ul class="goal-list">
        {goals.map((goal) => {
          const { name, format } = GOAL_TYPES[goal.goalType];
          return (
            <li key={goal.id}>
              <GoalHead goal={goal} />
              <p class="goal-line soft">
                {goal.status === "upcoming" ? (
                  <span>Target {format(goal.target)}</span>
                ) : (
                  <span>
                    {orDash(goal.current, format)} of {format(goal.target)}
                  </span>
                )}
                {canDelete && <DeleteGoal goal={goal} name={name} />}
              </p>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function GoalHead({ goal }: { goal: Goal }) {
  const status = STATUS[goal.status];
  return (
    <p class="goal-line">
      <b>{GOAL_TYPES[goal.goalType].name}</b>{" "}
      <span class="soft">
        {periodName(goal.period, goal.periodStart)}
        {goal.repeats && ", repeats"}
      </span>
      <span class={`status is-${status.tone}`}>
        <i aria-hidden="true">{status.mark}</i> {status.word}
      </span>
    </p>
  );
}

/** Button that deletes a goal once the deletion is confirmed. */
function DeleteGoal({ goal, name }: { goal: Goal; name: string }) {
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const label = `${name}, ${periodName(goal.period, goal.periodStart)}`;
  const remove = async () => {
    const outcome = await request(`agent/goals/${goal.id}`, { method: "DELETE" });
    setFailure(outcome.failure ?? null);
    if (!outcome.failure) await goals.load();
  };
  if (!isAsking) {
    return (
      <button
        type="button"
        class="quiet"
        aria-label={`Delete goal: ${label}`}
        onClick={() => setAsking(true)}
      >
        Delete
      </button>
    );
  }
  return (
    <span class="confirm" role="group" aria-label={`Delete goal: ${label}`}>
      {failure ? <span role="alert">{failureText(failure)}</span> : "Delete this goal?"}{" "}
      <button type="button" class="quiet" onClick={() => void remove()}>
        Yes, delete
      </button>{" "}
      <button type="button" class="quiet" onClick={() => setAsking(false)}>
        Keep
      </button>
    </span>
  );
}

function GoalRow({ goal }: { goal: Goal }) {
  const { name, format } = GOAL_TYPES[goal.goalType];
  return (
    <li data-goal={`${goal.period}-${goal.goalType}`}>
      <GoalHead goal={goal} />
      <Pace goal={goal} />
      <p class="goal-line">
        <span>
          <b>{orDash(goal.current, format)}</b> of {format(goal.target)}
        </span>
        <span class="soft">{orDash(goal.completionPercentage, percent)}</span>
      </p>
      <p class="goal-line soft goal-more">
        <span>{outlook(goal)}</span>
        <DeleteGoal goal={goal} name={name} />
      </p>
    </li>
  );
}

/** Bar of the progress, with a mark at the progress expected by now. */
function Pace({ goal }: { goal: Goal }) {
  const completed = Math.min(goal.completionPercentage ?? 0, 100);
  const isCounted = !GOAL_TYPES[goal.goalType].isLowerBetter;
  const expected = Math.min((100 * goal.expectedToDate) / goal.target, 100);
  return (
    <span class={`bar pace is-${STATUS[goal.status].tone}`} aria-hidden="true">
      <i style={{ width: `${completed}%` }} />
      {isCounted && <b style={{ left: `${expected}%` }} />}
    </span>
  );
}

function outlook(goal: Goal): string {
  const { isLowerBetter, roughFormat: rough } = GOAL_TYPES[goal.goalType];
  if (isLowerBetter) return "Mean of the period; stay at or under the target.";
  const parts = [`expected by now ${rough(goal.expectedToDate)}`];
  if (goal.projected !== null) parts.push(`heading for ${rough(goal.projected)}`);
  if (goal.neededPerDay !== null && goal.neededPerDay > 0) {
    parts.push(`${rough(goal.neededPerDay)} a day needed`);
  }
  return parts.join(" · ");
}
