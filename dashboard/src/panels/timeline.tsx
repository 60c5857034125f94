/** Live activity timeline: filters, groups by day, older pages on scrolling. */
import { useEffect, useRef } from "preact/hooks";
import type { Activity } from "../api";
import { dateOf, loggedMoney, plusDays, timeOfDay, weekday } from "../format";
import { newestMeta } from "../resource";
import { CsvButton } from "../components/csv-button";
import { FailureNote, Skeleton } from "../components/frame";
import { type Filter, arrived, choose, filter, isLive, more, newest, timeline } from "../timeline";

const FILTERS: Record<Filter, string> = {
  all: "All",
  calls: "Calls",
  emails: "E-mails",
  meetings: "Meetings",
  conversions: "Conversions",
};
const KINDS: Record<Activity["type"], { word: string; icon: string }> = {
  call: {
    word: "Call",
    icon: "M5 3h3l1.5 4L8 8.5a9 9 0 0 0 4 4l1.5-1.5 4 1.5v3c0 1-1 2-2 2C9 17 3 11 3 5c0-1 1-2 2-2z",
  },
  email: { word: "E-mail", icon: "M2.5 5h15v10.5h-15zM2.5 5.5 10 11l7.5-5.5" },
  meeting: { word: "Meeting", icon: "M3 5h14v12H3zM3 9h14M7 3v4m6-4v4" },
  conversion: { word: "Conversion", icon: "M3 10.5 8 15.5 17 5" },
  assignment: { word: "Lead assigned", icon: "M10 3v14M3 10h14" },
  status_change: { word: "Status changed", icon: "M3 7h13l-3-3m4 9H4l3 3" },
  goal_achieved: { word: "Goal achieved", icon: "M5 17V3h10l-3 4 3 4H5" },
};

export function TimelinePanel() {
  return (
    <section class="panel timeline" aria-labelledby="timeline-title">
      <header class="panel-head">
        <h2 id="timeline-title">Activity</h2>
        <span class={isLive.value ? "live is-on" : "live"}>
          {isLive.value ? "Live" : "Connecting …"}
        </span>
        <CsvButton
          path={`agent/analytics/activities?filter=${filter.value}&limit=100`}
          name={`newest-activities-${filter.value}`}
        />
      </header>
      <fieldset class="chips">
        <legend class="unseen">Show</legend>
        {(Object.keys(FILTERS) as Filter[]).map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="filter"
              value={choice}
              checked={filter.value === choice}
              onChange={() => choose(choice)}
            />
            <span>{FILTERS[choice]}</span>
          </label>
        ))}
      </fieldset>
      <p class="unseen" role="status">
        {newest.value && `New: ${titleOf(newest.value)}`}
      </p>
      <div class="timeline-scroll" tabIndex={0} role="region" aria-label="Newest first">
        <Days />
        <Tail />
      </div>
    </section>
  );
}

function Days() {
  const zone = newestMeta.value?.timeZone ?? "UTC";
  const today = dateOf(new Date().toISOString(), zone);
  const days = Map.groupBy(timeline.value.activities, ({ timestamp }) => dateOf(timestamp, zone));
  return (
    <>
      {[...days].map(([date, activities]) => (
        <section key={date} class="day">
          <h3>{dayName(date, today)}</h3>
          <ol>
            {activities.map((activity) => (
              <Entry key={activity.id} activity={activity} zone={zone} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function Entry({ activity, zone }: { activity: Activity; zone: string }) {
  const kind = KINDS[activity.type];
  const { revenue, currency } = activity.metadata;
  return (
    <li
      class={arrived.value.has(activity.id) ? "entry is-new" : "entry"}
      data-activity={activity.id}
      data-kind={activity.type}
    >
      <svg class="kind" viewBox="0 0 20 20" aria-hidden="true">
        <path d={kind.icon} />
      </svg>
      <div>
        <p class="entry-title">
          {titleOf(activity)}
          {typeof revenue === "number" && <b>{loggedMoney(revenue, currency)}</b>}
        </p>
        <p class="soft">{activity.description ?? statusChange(activity)}</p>
      </div>
      <time class="soft" dateTime={activity.timestamp}>
        {timeOfDay(activity.timestamp, zone)}
      </time>
    </li>
  );
}

/** End of the loaded activities; loads more when it scrolls into view. */
function Tail() {
  const { activities, failure, isComplete, isLoading } = timeline.value;
  const tail = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!tail.current) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void more();
    });
    observer.observe(tail.current);
    return () => observer.disconnect();
  }, [activities.length, isLoading]);
  if (failure) return <FailureNote failure={failure} retry={() => void more()} />;
  if (isLoading) return <Skeleton lines={activities.length > 0 ? 2 : 6} />;
  if (isComplete) {
    return (
      <p class="empty">
        {activities.length > 0 ? "That is everything." : "Nothing of this kind yet."}
      </p>
    );
  }
  return (
    <button ref={tail} type="button" class="quiet" onClick={() => void more()}>
      Show older
    </button>
  );
}

/** Old and new disposition, as logged by the trigger on the CRM's leads. */
function statusChange({ metadata }: Activity): string | null {
  const [before, after] = [metadata["old_disposition"], metadata["new_disposition"]];
  return typeof before === "string" && typeof after === "string" ? `${before} → ${after}` : null;
}

function titleOf(activity: Activity): string {
  return activity.title || KINDS[activity.type].word;
}

function dayName(date: string, today: string): string {
  if (date === today) return "Today";
  return date === plusDays(today, -1) ? "Yesterday" : weekday(date);
}
