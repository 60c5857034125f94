/** Goals of the current periods: progress, expected progress, and the form to set them. */
import { useState } from "preact/hooks";
import type { Goal, Goals } from "../api";
import { goals } from "../dashboard";
import { month, orDash, percent } from "../format";
import { GOAL_TYPES } from "../goal-types";
import { Content } from "../components/frame";
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
  const open = data.goals
    .filter((goal) => goal.periodEnd >= asOf)
    .sort((one, other) => PERIODS.indexOf(one.period) - PERIODS.indexOf(other.period));
  if (open.length === 0) {
    return (
      <p class="empty">No goal is set for this month, quarter or year. Set one to see its pace.</p>
    );
  }
  return (
    <ul class="goal-list">
      {open.map((goal) => (
        <GoalRow key={goal.id} goal={goal} />
      ))}
    </ul>
  );
}

function GoalRow({ goal }: { goal: Goal }) {
  const { name, format } = GOAL_TYPES[goal.goalType];
  const status = STATUS[goal.status];
  return (
    <li data-goal={`${goal.period}-${goal.goalType}`}>
      <p class="goal-line">
        <b>{name}</b> <span class="soft">{periodName(goal)}</span>
        <span class={`status is-${status.tone}`}>
          <i aria-hidden="true">{status.mark}</i> {status.word}
        </span>
      </p>
      <Pace goal={goal} />
      <p class="goal-line">
        <span>
          <b>{orDash(goal.current, format)}</b> of {format(goal.target)}
        </span>
        <span class="soft">{orDash(goal.completionPercentage, percent)}</span>
      </p>
      <p class="soft goal-more">{outlook(goal)}</p>
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

function periodName(goal: Goal): string {
  const year = goal.periodStart.slice(0, 4);
  if (goal.period === "monthly") return month(goal.periodStart);
  if (goal.period === "yearly") return year;
  return `Q${Math.ceil(Number(goal.periodStart.slice(5, 7)) / 3)} ${year}`;
}
