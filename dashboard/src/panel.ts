/** What one panel shows: the answer to one request, kept, revalidated by its tag, never mixed up. */
import { batch, signal } from "@preact/signals";
import type { Meta } from "./api";
import { type Failure, OFFLINE, ask } from "./client";

/** What every body has. */
export interface Answer {
  agentId: string;
  meta: Meta;
}

export interface Shown<T> {
  data: T | null;
  failure: Failure | null;
  isLoading: boolean;
}

interface Kept<T> {
  data: T;
  tag: string | null;
}

/** The meta of the last answer from the newest build: it says how fresh the data is. */
export const newestMeta = signal<Meta | null>(null);

function hear(meta: Meta): void {
  const heard = newestMeta.value;
  if (heard === null || meta.builtAt >= heard.builtAt) newestMeta.value = meta;
}

export class Panel<T extends Answer> {
  readonly shown = signal<Shown<T>>({ data: null, failure: null, isLoading: true });
  readonly #path: () => string;
  readonly #kept = new Map<string, Kept<T>>();
  #asking: AbortController | null = null;
  #retry = 0;

  constructor(path: () => string) {
    this.#path = path;
  }

  /** Asks for what the path says now; an answer to an earlier path is dropped. */
  async load(): Promise<void> {
    const path = this.#path();
    const kept = this.#kept.get(path);
    this.#stop();
    const asking = new AbortController();
    this.#asking = asking;
    this.shown.value = {
      data: kept?.data ?? this.shown.value.data,
      failure: null,
      isLoading: true,
    };
    try {
      const { response, failure } = await ask(path, {
        tag: kept?.tag ?? null,
        signal: asking.signal,
      });
      if (asking.signal.aborted) return;
      if (failure) this.#fail(failure, kept?.data ?? null);
      else if (response.status === 304 && kept) this.#show(kept.data);
      else this.#keep(path, await response.json(), response.headers.get("ETag"));
    } catch {
      if (!asking.signal.aborted) this.#fail(OFFLINE, kept?.data ?? null);
    }
  }

  forget(): void {
    this.#stop();
    this.#kept.clear();
    this.shown.value = { data: null, failure: null, isLoading: true };
  }

  #keep(path: string, data: T, tag: string | null): void {
    this.#kept.set(path, { data, tag });
    this.#show(data);
  }

  #show(data: T): void {
    batch(() => {
      hear(data.meta);
      this.shown.value = { data, failure: null, isLoading: false };
    });
  }

  #fail(failure: Failure, data: T | null): void {
    if (failure.kind === "ended") return;
    this.shown.value = { data, failure, isLoading: false };
    if ("seconds" in failure) {
      this.#retry = window.setTimeout(() => void this.load(), failure.seconds * 1000);
    }
  }

  #stop(): void {
    window.clearTimeout(this.#retry);
    this.#asking?.abort();
  }
}
