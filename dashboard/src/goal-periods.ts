/** Names of the periods of goals; quarters and years may be those of a fiscal calendar. */
import type { Goal } from "./api";
import { monthOfYear } from "./format";

/** Name of a period by its first day, such as "Apr 2026", "Apr 2026, 3 months" or "2026". */
export function periodName(period: Goal["period"], start: string): string {
  if (period === "monthly") return monthOfYear(start);
  if (period === "yearly" && start.slice(5, 7) === "01") return start.slice(0, 4);
  return `${monthOfYear(start)}, ${period === "quarterly" ? 3 : 12} months`;
}
