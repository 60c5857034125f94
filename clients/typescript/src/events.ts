/** Incremental parser of server-sent events (HTML standard, section 9.2.6). */

export interface ServerEvent {
  name: string;
  data: string;
}

export class EventParser {
  /** Id to resume from after a break. */
  lastId: string | null = null;
  retryMilliseconds: number | null = null;
  #rest = "";
  #name = "";
  #data: string[] = [];
  #id: string | null = null;

  /** Yields the events that this piece of text completes. */
  *push(text: string): Generator<ServerEvent> {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line !== "") {
        this.#read(line);
        continue;
      }
      // The id takes effect when the event is complete.
      if (this.#id !== null) this.lastId = this.#id || null;
      if (this.#data.length > 0) {
        yield { name: this.#name || "message", data: this.#data.join("\n") };
      }
      this.reset();
    }
  }

  /** Drops an incomplete event: after a break the server sends it again. */
  reset(): void {
    this.#name = "";
    this.#data = [];
    this.#id = null;
  }

  #read(line: string): void {
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === "event") this.#name = value;
    else if (field === "data") this.#data.push(value);
    else if (field === "id") this.#id = value;
    else if (field === "retry" && /^\d+$/.test(value)) this.retryMilliseconds = Number(value);
  }
}
