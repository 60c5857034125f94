/** Observable state of one API request: loads, caches by path, revalidates by ETag, retries. */
import { batch, signal } from "@preact/signals";
import type { Meta } from "./api";
import { type Failure, OFFLINE, request } from "./client";
import { currency } from "./format";

/** Fields that every response body has. */
export interface Answer {
  agentId: string;
  meta: Meta;
}

export interface Shown<T> {
  data: T | null;
  failure: Failure | null;
  isLoading: boolean;
}

interface Cached<T> {
  data: T;
  tag: string | null;
}

/** `meta` of the latest answer from the newest build, for the header and the notices. */
export const newestMeta = signal<Meta | null>(null);

function noteMeta(meta: Meta): void {
  const noted = newestMeta.value;
  if (noted !== null && meta.builtAt < noted.builtAt) return;
  newestMeta.value = meta;
  currency.value = meta.currency;
}

export class Resource<T extends Answer> {
  readonly shown = signal<Shown<T>>({ data: null, failure: null, isLoading: true });
  readonly #path: () => string;
  readonly #cache = new Map<string, Cached<T>>();
  #inFlight: AbortController | null = null;
  #retry = 0;

  constructor(path: () => string) {
    this.#path = path;
  }

  /** Requests the current path. The answer to an earlier request is dropped. */
  async load(): Promise<void> {
    const path = this.#path();
    const cached = this.#cache.get(path);
    this.#stop();
    const inFlight = new AbortController();
    this.#inFlight = inFlight;
    this.shown.value = {
      data: cached?.data ?? this.shown.value.data,
      failure: null,
      isLoading: true,
    };
    try {
      const { response, failure } = await request(path, {
        tag: cached?.tag ?? null,
        signal: inFlight.signal,
      });
      if (inFlight.signal.aborted) return;
      if (failure) this.#fail(failure, cached?.data ?? null);
      else if (response.status === 304 && cached) this.#show(cached.data);
      else this.#store(path, await response.json(), response.headers.get("ETag"));
    } catch {
      if (!inFlight.signal.aborted) this.#fail(OFFLINE, cached?.data ?? null);
    }
  }

  reset(): void {
    this.#stop();
    this.#cache.clear();
    this.shown.value = { data: null, failure: null, isLoading: true };
  }

  #store(path: string, data: T, tag: string | null): void {
    this.#cache.set(path, { data, tag });
    this.#show(data);
  }

  #show(data: T): void {
    batch(() => {
      noteMeta(data.meta);
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
    this.#inFlight?.abort();
  }
}
