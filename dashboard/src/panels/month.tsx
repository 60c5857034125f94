/** Revenue of the month so far; its complete days compared with as many of the previous month. */
import type { RevenueTrends } from "../api";
import { revenue } from "../dashboard";
import { day, money, month, plusDays } from "../format";
import { GoalsPart } from "./goals";
import { Content } from "../components/frame";
import { ChangeChip } from "../components/trend";

export function MonthPanel() {
  return (
    <section class="panel month" aria-labelledby="month-title">
      <div>
        <Content resource={revenue} lines={3}>
          {(data) => <Month data={data} />}
        </Content>
      </div>
      <GoalsPart />
    </section>
  );
}

function Month({ data }: { data: RevenueTrends }) {
  const { asOf } = data.meta;
  const before = plusDays(`${asOf.slice(0, 7)}-01`, -1);
  const { monthTotal, monthChange, monthChangeReason, isMonthChangeNotable } = data.insights;
  return (
    <>
      <h1 id="month-title">
        {month(asOf)} <span class="soft">up to {day(asOf)}</span>
      </h1>
      <p class="hero-number">{money(monthTotal)}</p>
      <p class="hero-label">earned this month</p>
      <p class="hero-change">
        {monthChange === null ? (
          <span class="trend is-missing">{missing(monthChangeReason, month(before))}</span>
        ) : (
          <>
            <ChangeChip
              change={{
                change: monthChange,
                unit: "pct",
                better: monthChange === 0 ? null : monthChange > 0,
                isNotable: isMonthChangeNotable,
              }}
            />{" "}
            <span class="soft">than in as many days of {month(before)}</span>
          </>
        )}
      </p>
    </>
  );
}

function missing(reason: RevenueTrends["insights"]["monthChangeReason"], before: string): string {
  if (reason === "no_complete_day") return "No complete day of this month yet";
  if (reason === "partial_history") return `You started after ${before} began, so there is nothing fair to compare with`;
  return `Nothing earned in as many days of ${before}`;
}
