/** The page's panels and choices, and when they ask anew: a choice, a new build, the clock. */
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
import { type Answer, Panel, newestMeta } from "./panel";
import type { ServerEvent } from "../../clients/typescript/src/events";
import { openRecords } from "./parts/records-button";
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

export const chosenWindow = signal<Window>(keptWindow());
export const period = signal<Period>("daily");

const inWindow = (route: string) => () =>
  `agent/analytics/${route}?dateRange=${chosenWindow.value}`;
export const kpis = new Panel<Kpis>(inWindow("kpis"));
export const funnel = new Panel<Funnel>(inWindow("funnel"));
export const sources = new Panel<LeadSources>(inWindow("lead-sources"));
export const ranking = new Panel<Ranking>(inWindow("ranking"));
export const responses = new Panel<ResponseTimes>(inWindow("response-times"));
export const revenue = new Panel<RevenueTrends>(
  () => `agent/analytics/revenue-trends?period=${period.value}`,
);
export const goals = new Panel<Goals>(() => "agent/goals");
export const insights = new Panel<Insights>(() => "agent/analytics/insights");

const OF_WINDOW = [kpis, funnel, sources, ranking, responses];
const ALL: readonly Panel<Answer>[] = [...OF_WINDOW, revenue, goals, insights];
let listening = new AbortController();
const asked = new Map<unknown, number | undefined>();

export const agentId = computed(
  () => ALL.map((panel) => panel.shown.value.data?.agentId).find(Boolean) ?? null,
);
/** What keeps any of the panels from being up to date. */
export const troubles = computed(
  () => new Set(ALL.map((panel) => panel.shown.value.failure?.kind)),
);

export function refresh(): void {
  for (const panel of ALL) void panel.load();
}

/** Keeps the panels true for as long as somebody is signed in. */
export function start(): void {
  effect(() => {
    const isSignedIn = token.value !== null;
    untracked(() => {
      forget();
      if (isSignedIn) begin();
    });
  });
  onChange(chosenWindow, (chosen) => {
    localStorage.setItem(WINDOW_KEY, chosen);
    for (const panel of OF_WINDOW) void panel.load();
  });
  onChange(period, () => void revenue.load());
  effect(() => {
    const newest = newestMeta.value?.buildId;
    for (const panel of ALL) {
      const { data, isLoading } = panel.shown.value;
      // Once per build: another worker of the API may not have heard of it yet.
      if (!data || isLoading || data.meta.buildId === newest || asked.get(panel) === newest)
        continue;
      asked.set(panel, newest);
      void panel.load();
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

/** One small question tells whether there is a new build; the other panels follow it. */
function poll(): void {
  if (document.hidden || token.value === null) return;
  asked.clear();
  void kpis.load();
}

function forget(): void {
  listening.abort();
  timeline.forget();
  openRecords.value = null;
  for (const panel of ALL) panel.forget();
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

function keptWindow(): Window {
  const kept = localStorage.getItem(WINDOW_KEY);
  return WINDOWS.find((window) => window === kept) ?? DEFAULT_WINDOW;
}
