/** The agent's activities, newest first: loads older pages on scrolling, adds streamed ones. */
import { signal } from "@preact/signals";
import type { Activities, Activity } from "./api";
import { type Failure, OFFLINE, request } from "./client";

export type Filter = "all" | "calls" | "emails" | "meetings" | "conversions";

interface Shown {
  activities: Activity[];
  cursor: string | null;
  isComplete: boolean;
  isLoading: boolean;
  failure: Failure | null;
}

const PAGE = 25;
const NOTHING: Shown = {
  activities: [],
  cursor: null,
  isComplete: false,
  isLoading: false,
  failure: null,
};

export const filter = signal<Filter>("all");
export const timeline = signal<Shown>(NOTHING);
export const isLive = signal(false);
/** Ids that came from the stream, to highlight them; the newest is announced to screen readers. */
export const arrived = signal<ReadonlySet<string>>(new Set());
export const newest = signal<Activity | null>(null);

let inFlight = new AbortController();
let retry = 0;

/** Reloads from the first page, after a change of the filter or a gap in the stream. */
export function reload(): void {
  stop();
  inFlight = new AbortController();
  timeline.value = NOTHING;
  void more();
}

export function choose(chosen: Filter): void {
  filter.value = chosen;
  reload();
}

export function reset(): void {
  stop();
  timeline.value = NOTHING;
  arrived.value = new Set();
  newest.value = null;
}

/** Loads the next page, unless it is loading or there is none. */
export async function more(): Promise<void> {
  const { cursor, isComplete, isLoading } = timeline.value;
  if (isComplete || isLoading) return;
  window.clearTimeout(retry);
  const { signal: aborted } = inFlight;
  timeline.value = { ...timeline.value, isLoading: true, failure: null };
  const place = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
  const path = `agent/analytics/activities?filter=${filter.value}&limit=${PAGE}${place}`;
  try {
    const { response, failure } = await request(path, { signal: aborted });
    if (aborted.aborted) return;
    if (failure) {
      fail(failure);
      return;
    }
    const page: Activities = await response.json();
    timeline.value = {
      activities: sorted([...without(timeline.value.activities, page.activities), ...page.activities]),
      cursor: page.nextCursor,
      isComplete: page.nextCursor === null,
      isLoading: false,
      failure: null,
    };
  } catch {
    if (!aborted.aborted) fail(OFFLINE);
  }
}

function fail(failure: Failure): void {
  timeline.value = { ...timeline.value, isLoading: false, failure };
  if ("seconds" in failure) retry = window.setTimeout(() => void more(), failure.seconds * 1000);
}

function stop(): void {
  window.clearTimeout(retry);
  inFlight.abort();
}

/** Adds an activity that has just been logged or changed. */
export function add(activity: Activity): void {
  if (filter.value !== "all" && filter.value !== `${activity.type}s`) return;
  const others = without(timeline.value.activities, [activity]);
  arrived.value = new Set(arrived.value).add(activity.id);
  newest.value = activity;
  // The server decides which of two conversions of a lead are one sale.
  if (others.some((other) => isOfSameSale(activity, other))) reload();
  else timeline.value = { ...timeline.value, activities: sorted([activity, ...others]) };
}

function isOfSameSale(one: Activity, other: Activity): boolean {
  const areConversions = one.type === "conversion" && other.type === "conversion";
  return areConversions && one.metadata["leadId"] === other.metadata["leadId"];
}

function without(activities: Activity[], replaced: Activity[]): Activity[] {
  const ids = new Set(replaced.map(({ id }) => id));
  return activities.filter(({ id }) => !ids.has(id));
}

/** Newest first; of one instant in the order given. */
function sorted(activities: Activity[]): Activity[] {
  return activities.sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
}
