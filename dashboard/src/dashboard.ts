/** The page's resources and choices. Reloads resources after a choice, a new build, or a poll. */
import { type ReadonlySignal, computed, effect, signal, untracked } from "@preact/signals";
import type {
  Bucket,
  Compare,
  DateRange,
  Funnel,
  Goals,
  Insights,
  Kpis,
  LeadSources,
  Ranking,
  ResponseTimes,
  RevenueTrends,
} from "./api";
import { type Answer, Resource, newestMeta } from "./resource";
import type { ServerEvent } from "../../clients/typescript/src/events";
import { openRecords } from "./components/records-button";
import { day, dayOfYear, daysBetween } from "./format";
import { token } from "./session";
import { listen } from "./stream";
import * as timeline from "./timeline";

// generated: periods
export const PERIODS: readonly { name: DateRange; label: string }[] = [
  { name: "7", label: "7 days" },
  { name: "30", label: "30 days" },
  { name: "90", label: "90 days" },
  { name: "365", label: "365 days" },
  { name: "mtd", label: "Month to date" },
  { name: "qtd", label: "Quarter to date" },
  { name: "ytd", label: "Year to date" },
  { name: "last_month", label: "Last month" },
  { name: "last_quarter", label: "Last quarter" },
  { name: "last_year", label: "Last year" },
];
const DEFAULT_PERIOD: DateRange = "30";
export const SERVED_HISTORY_DAYS = 1461;
export const LONGEST_RANGE = 1096;
const LONGEST_COMPARED_WITH_YEAR = 366;
// end generated
const POLL_MILLISECONDS = 30_000;
const STREAM = "agent/analytics/activities/stream";
const PERIOD_KEY = "agent-analytics.period";
const FREE_DATES = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;

/** Name of a period, or free dates as answers write them: `2026-01-10..2026-02-05`. */
export const chosenPeriod = signal<DateRange>(storedPeriod());
export const chosenCompare = signal<Compare>("previous");
export const bucket = signal<Bucket>("daily");

const inPeriod = (route: string) => () => `agent/analytics/${route}?${comparedPeriod()}`;
export const kpis = new Resource<Kpis>(inPeriod("kpis"));
export const funnel = new Resource<Funnel>(inPeriod("funnel"));
export const sources = new Resource<LeadSources>(inPeriod("lead-sources"));
export const ranking = new Resource<Ranking>(inPeriod("ranking"));
export const responses = new Resource<ResponseTimes>(inPeriod("response-times"));
export const revenue = new Resource<RevenueTrends>(
  () => `agent/analytics/revenue-trends?period=${bucket.value}&${comparedPeriod()}`,
);
export const goals = new Resource<Goals>(() => "agent/goals");
export const insights = new Resource<Insights>(() => "agent/analytics/insights");

const OF_PERIOD: readonly Resource<Answer>[] = [
  kpis,
  funnel,
  sources,
  ranking,
  responses,
  revenue,
];
const ALL: readonly Resource<Answer>[] = [...OF_PERIOD, goals, insights];
let listening = new AbortController();
/** The build for which each resource was last reloaded. */
const reloadedFor = new Map<unknown, number | undefined>();

export const agentId = computed(
  () => ALL.map((resource) => resource.shown.value.data?.agentId).find(Boolean) ?? null,
);
/** Kinds of failures of all resources. */
export const troubles = computed(
  () => new Set(ALL.map((resource) => resource.shown.value.failure?.kind)),
);

export function refresh(): void {
  for (const resource of ALL) void resource.load();
}

/** Loads resources on sign-in and keeps them up to date until sign-out. */
export function start(): void {
  effect(() => {
    const isSignedIn = token.value !== null;
    untracked(() => {
      reset();
      if (isSignedIn) begin();
    });
  });
  onChange(chosenPeriod, (chosen) => localStorage.setItem(PERIOD_KEY, chosen));
  onChange(computed(comparedPeriod), () => {
    for (const resource of OF_PERIOD) void resource.load();
  });
  onChange(bucket, () => void revenue.load());
  effect(() => {
    const newest = newestMeta.value?.buildId;
    for (const resource of ALL) {
      const { data, isLoading } = resource.shown.value;
      // Once per build: another worker of the API may still serve the previous one.
      if (!data || isLoading || data.meta.buildId === newest) continue;
      if (reloadedFor.get(resource) === newest) continue;
      reloadedFor.set(resource, newest);
      void resource.load();
    }
  });
  window.setInterval(poll, POLL_MILLISECONDS);
  document.addEventListener("visibilitychange", poll);
  window.addEventListener("online", () => {
    if (token.value !== null) refresh();
  });
}

function begin(): void {
  refresh();
  listening = new AbortController();
  const onState = (now: boolean) => {
    timeline.isLive.value = now;
  };
  void listen(STREAM, { onEvent, onState, onGap: timeline.reload }, listening.signal);
}

function onEvent({ name, data }: ServerEvent): void {
  if (name === "activity") timeline.add(JSON.parse(data));
  else if (name === "goal") void goals.load();
  else if (name === "build") void kpis.load();
}

/** Requests the KPIs only: their `meta` names a new build, and the other resources follow it. */
function poll(): void {
  if (document.hidden || token.value === null) return;
  reloadedFor.clear();
  void kpis.load();
}

function reset(): void {
  listening.abort();
  timeline.reset();
  openRecords.value = null;
  for (const resource of ALL) resource.reset();
  newestMeta.value = null;
}

function onChange<T>(source: ReadonlySignal<T>, call: (value: T) => void): void {
  let isFirst = true;
  effect(() => {
    const value = source.value;
    if (!isFirst) untracked(() => call(value));
    isFirst = false;
  });
}

/** Dates of a free range; null for a named period. */
export function freeDates(dateRange: DateRange): { from: string; to: string } | null {
  const [, from, to] = FREE_DATES.exec(dateRange) ?? [];
  return from && to ? { from, to } : null;
}

/** Parameters of a request for a period. */
export function periodQuery(dateRange: DateRange): string {
  const dates = freeDates(dateRange);
  return dates ? `from=${dates.from}&to=${dates.to}` : `dateRange=${dateRange}`;
}

/** Whether a period can be compared with the one that begins a year earlier. */
export function hasYearBefore(dateRange: DateRange): boolean {
  const dates = freeDates(dateRange);
  const days = dates ? daysBetween(dates.from, dates.to) + 1 : Number(dateRange);
  return !(days > LONGEST_COMPARED_WITH_YEAR);
}

/** Parameters of the chosen period and comparison. */
function comparedPeriod(): string {
  const isYear = chosenCompare.value === "year" && hasYearBefore(chosenPeriod.value);
  return periodQuery(chosenPeriod.value) + (isYear ? "&compare=year" : "");
}

/** Name of a period in the middle of a sentence. */
export function periodLabel(dateRange: DateRange): string {
  const dates = freeDates(dateRange);
  if (dates) return `${day(dates.from)} – ${dayOfYear(dates.to)}`;
  const label = PERIODS.find(({ name }) => name === dateRange)?.label ?? dateRange;
  return label.toLowerCase();
}

function storedPeriod(): DateRange {
  const stored = localStorage.getItem(PERIOD_KEY);
  if (stored !== null && freeDates(stored)) return stored;
  return PERIODS.find(({ name }) => name === stored)?.name ?? DEFAULT_PERIOD;
}
