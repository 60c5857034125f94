/** Goal types as the page shows them; names and units are those of goals/types.py. */
import type { Goal } from "./api";
import { amount, decimal, exactHours, money } from "./format";

type Format = (value: number) => string;

interface GoalType {
  name: string;
  /** Its target in a request body, and the label of that in the form. */
  field: string;
  fieldLabel: string;
  format: Format;
  /** For what is derived from the value: expected, projected, needed. */
  roughFormat: Format;
  isLowerBetter: boolean;
}

export const GOAL_TYPES: Record<Goal["goalType"], GoalType> = {
  conversions: {
    name: "Conversions",
    field: "conversions",
    fieldLabel: "Conversions",
    format: amount,
    roughFormat: decimal,
    isLowerBetter: false,
  },
  revenue: {
    name: "Revenue",
    field: "revenue",
    fieldLabel: "Revenue",
    format: money,
    roughFormat: money,
    isLowerBetter: false,
  },
  response_time: {
    name: "Response time",
    field: "responseTimeHours",
    fieldLabel: "Mean response time, at most (hours)",
    format: exactHours,
    roughFormat: exactHours,
    isLowerBetter: true,
  },
};
