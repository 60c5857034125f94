/** Light or dark theme: the system's preference, until the user chooses. */
import { computed, effect, signal } from "@preact/signals";

export type Theme = "light" | "dark";

const KEY = "agent-analytics.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const preferred = signal<Theme>(system.matches ? "dark" : "light");
const chosen = signal<Theme | null>(storedTheme());

export const theme = computed(() => chosen.value ?? preferred.value);

export function applyTheme(): void {
  system.addEventListener("change", () => {
    preferred.value = system.matches ? "dark" : "light";
  });
  effect(() => {
    document.documentElement.dataset["theme"] = theme.value;
  });
}

export function toggleTheme(): void {
  const next = theme.value === "dark" ? "light" : "dark";
  chosen.value = next;
  localStorage.setItem(KEY, next);
}

function storedTheme(): Theme | null {
  const value = localStorage.getItem(KEY);
  return value === "light" || value === "dark" ? value : null;
}
