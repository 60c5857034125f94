/** Numbers and dates in the browser's locale. Calendar dates have no time zone. */
import { signal } from "@preact/signals";

const LOCALES = [...navigator.languages];

function numbers(options: Intl.NumberFormatOptions): (value: number) => string {
  const format = new Intl.NumberFormat(LOCALES, options);
  return (value) => format.format(value);
}

/** Formats amounts in a currency, and plain without one. */
function amounts(
  plain: Intl.NumberFormatOptions,
  options: Intl.NumberFormatOptions,
): (value: number, code: string | null) => string {
  const formats = new Map<string | null, (value: number) => string>();
  return (value, code) => {
    const format =
      formats.get(code) ??
      numbers(code === null ? plain : { ...options, style: "currency", currency: code });
    formats.set(code, format);
    return format(value);
  };
}

const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const unit = (name: string): Intl.NumberFormatOptions => ({
  ...oneDecimal,
  style: "unit",
  unit: name,
  unitDisplay: "narrow",
});

export const count = numbers({ maximumFractionDigits: 0 });
/** Currency of all amounts in answers; null if the deployment names none. */
export const currency = signal<string | null>(null);
const exactAmounts = amounts({ minimumFractionDigits: 2, maximumFractionDigits: 2 }, {});
const compact = { maximumFractionDigits: 0, notation: "compact" } as const;
const roundAmounts = amounts(compact, compact);
export const money = (value: number) => exactAmounts(value, currency.value);
export const roundMoney = (value: number) => roundAmounts(value, currency.value);
/** Formats an amount as it was logged, in its own currency if it names one. */
export function loggedMoney(value: number, code: unknown): string {
  const isCode = currency.value !== null && typeof code === "string" && /^[A-Za-z]{3}$/.test(code);
  return isCode ? exactAmounts(value, code) : money(value);
}
export const decimal = numbers(oneDecimal);
export const percent = numbers(unit("percent"));
export const hours = numbers(unit("hour"));
export const axisHours = numbers({ ...unit("hour"), minimumFractionDigits: 0 });
/** With the two decimals that a target may have. */
export const amount = numbers({ maximumFractionDigits: 2 });
export const exactHours = numbers({ ...unit("hour"), minimumFractionDigits: 0, maximumFractionDigits: 2 });
export const precise = numbers({ maximumSignificantDigits: 4 });
export const share = numbers({ ...oneDecimal, style: "percent" });
export const signedShare = numbers({
  style: "percent",
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: "exceptZero",
});
export const signedPercent = numbers({ ...unit("percent"), signDisplay: "exceptZero" });
export const signedCount = numbers({ maximumFractionDigits: 0, signDisplay: "exceptZero" });
export const signedDecimal = numbers({ ...oneDecimal, signDisplay: "exceptZero" });

/** Formats the value, or returns a dash for null. */
export function orDash<T>(value: T | null | undefined, format: (value: T) => string): string {
  return value === null || value === undefined ? "–" : format(value);
}

function dates(options: Intl.DateTimeFormatOptions): (isoDate: string) => string {
  const format = new Intl.DateTimeFormat(LOCALES, { ...options, timeZone: "UTC" });
  return (isoDate) => format.format(new Date(`${isoDate}T00:00:00Z`));
}

export const day = dates({ day: "numeric", month: "short" });
export const dayOfYear = dates({ day: "numeric", month: "short", year: "numeric" });
export const weekday = dates({ weekday: "long", day: "numeric", month: "long" });
export const month = dates({ month: "long" });
export const monthOfYear = dates({ month: "short", year: "numeric" });

/** Adds days to a calendar date. */
export function plusDays(isoDate: string, days: number): string {
  const date = new Date(`${isoDate}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Days from a calendar date to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Returns the calendar date of an instant in the business time zone. */
export function dateOf(isoInstant: string, timeZone: string): string {
  const options = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const parts = new Intl.DateTimeFormat("en-US", options).formatToParts(new Date(isoInstant));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year").padStart(4, "0")}-${of("month")}-${of("day")}`;
}

export function timeOfDay(isoInstant: string, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions = { timeZone, hour: "numeric", minute: "2-digit" };
  return new Intl.DateTimeFormat(LOCALES, options).format(new Date(isoInstant));
}

/** Formats an instant in a time zone. */
export function instant(isoInstant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(LOCALES, {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(isoInstant));
}

/** Formats the time since an instant in its largest unit. */
export function ago(isoInstant: string, now = Date.now()): string {
  const seconds = (new Date(isoInstant).getTime() - now) / 1000;
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ];
  const format = new Intl.RelativeTimeFormat(LOCALES, { numeric: "auto", style: "long" });
  const [name, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return format.format(Math.trunc(seconds / size), name);
}
