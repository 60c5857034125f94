/** The page's resources and choices. Reloads resources after a choice, a new build, or a poll. */
import { type ReadonlySignal, computed, effect, signal, untracked } from "@preact/signals";
import type {
  Funnel,
  Goals,
  Insights,
  Kpis,
  LeadSources,
  Period,
  Ranking,
  ResponseTimes,
  RevenueTrends,
  Window,
} from "./api";
import { type Answer, Resource, newestMeta } from "./resource";
import type { ServerEvent } from "../../clients/typescript/src/events";
import { openRecords } from "./components/records-button";
import { token } from "./session";
import { listen } from "./stream";
import * as timeline from "./timeline";

// generated: windows
export const WINDOWS: readonly Window[] = ["7", "30", "90", "365"];
const DEFAULT_WINDOW: Window = "30";
// end generated
const POLL_MILLISECONDS = 30_000;
const STREAM = "agent/analytics/activities/stream";
const WINDOW_KEY = "agent-analytics.window";

export const chosenWindow = signal<Window>(storedWindow());
export const period = signal<Period>("daily");

const inWindow = (route: string) => () =>
  `agent/analytics/${route}?dateRange=${chosenWindow.value}`;
export const kpis = new Resource<Kpis>(inWindow("kpis"));
export const funnel = new Resource<Funnel>(inWindow("funnel"));
export const sources = new Resource<LeadSources>(inWindow("lead-sources"));
export const ranking = new Resource<Ranking>(inWindow("ranking"));
export const responses = new Resource<ResponseTimes>(inWindow("response-times"));
export const revenue = new Resource<RevenueTrends>(
  () => `agent/analytics/revenue-trends?period=${period.value}`,
);
export const goals = new Resource<Goals>(() => "agent/goals");
export const insights = new Resource<Insights>(() => "agent/analytics/insights");

const OF_WINDOW = [kpis, funnel, sources, ranking, responses];
const ALL: readonly Resource<Answer>[] = [...OF_WINDOW, revenue, goals, insights];
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
  onChange(chosenWindow, (chosen) => {
    localStorage.setItem(WINDOW_KEY, chosen);
    for (const resource of OF_WINDOW) void resource.load();
  });
  onChange(period, () => void revenue.load());
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

function storedWindow(): Window {
  const stored = localStorage.getItem(WINDOW_KEY);
  return WINDOWS.find((window) => window === stored) ?? DEFAULT_WINDOW;
}
