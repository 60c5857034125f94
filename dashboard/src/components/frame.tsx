/** Frame of a panel: title, loading skeleton, failure and empty states. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Failure } from "../client";
import type { Answer, Resource } from "../resource";

interface Props<T extends Answer> {
  resource: Resource<T>;
  title: string;
  name: string;
  aside?: ComponentChildren;
  lines?: number;
  empty?: (data: T) => string | null;
  children: (data: T) => ComponentChildren;
}

export function Frame<T extends Answer>(props: Props<T>) {
  const id = useId();
  const { data, isLoading } = props.resource.shown.value;
  return (
    <section class={`panel ${props.name}`} aria-labelledby={id} aria-busy={isLoading}>
      <header class="panel-head">
        <h2 id={id}>{props.title}</h2>
        {data && props.aside}
      </header>
      <Content {...props} />
    </section>
  );
}

export function Content<T extends Answer>(props: Omit<Props<T>, "title" | "name">) {
  const { data, failure, isLoading } = props.resource.shown.value;
  const retry = () => void props.resource.load();
  if (data === null) {
    // A rate-limited request succeeds after a moment, so show it as loading.
    return failure && failure.kind !== "busy" ? (
      <FailureNote failure={failure} retry={retry} />
    ) : (
      <Skeleton lines={props.lines ?? 4} />
    );
  }
  const empty = props.empty?.(data);
  return (
    <div class={isLoading ? "panel-body is-loading" : "panel-body"}>
      {failure && !("seconds" in failure) && <FailureNote failure={failure} retry={retry} />}
      {empty ? <p class="empty">{empty}</p> : props.children(data)}
    </div>
  );
}

export function Skeleton({ lines }: { lines: number }) {
  return (
    <div class="skeleton">
      <span class="unseen">Loading</span>
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} />
      ))}
    </div>
  );
}

export function FailureNote({ failure, retry }: { failure: Failure; retry: () => void }) {
  return (
    <div class="failure">
      <p>
        <strong>{failureText(failure)}</strong>
        {"seconds" in failure && ` Trying again in ${failure.seconds} s.`}
      </p>
      <button type="button" class="quiet" onClick={retry}>
        Try now
      </button>
    </div>
  );
}

export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case "offline":
      return "No connection to the server.";
    case "busy":
      return "Too many requests at once.";
    case "unavailable":
    case "refused":
      return `${failure.error}.`;
    case "invalid":
      return (
        failure.details.map((detail) => `${detail.field}: ${detail.message}`).join("; ") ||
        "The server rejected the request."
      );
    case "ended":
      return "Signed out.";
  }
}
