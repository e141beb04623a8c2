//! Light or dark: as the system says, or as was picked at this screen.

/** What can be picked. */
export const THEMES = ["system", "light", "dark"] as const;

/** A theme. */
export type Theme = (typeof THEMES)[number];

const KEY = "tillkeeper.theme";

function read(): Theme {
  const kept = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === kept) ?? "system";
}

let current = $state<Theme>(read());

/** The theme that was picked. */
export function theme(): Theme {
  return current;
}

/** Shows the page in the theme that was picked. */
export function applyTheme(): void {
  if (current === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current;
}

/** Picks a theme; remembered at this screen. */
export function pickTheme(next: Theme): void {
  current = next;
  localStorage.setItem(KEY, next);
  applyTheme();
}
