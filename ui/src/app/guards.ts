//! What a page in a browser does by itself and a till must not: open a file that is dropped on it, show a browser's menu,
//! zoom.

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, pre, .code") !== null;
}

/** Keeps the page what it is. Returns how to stop. */
export function guardPage(page: Window): () => void {
  const refuse = (event: Event) => event.preventDefault();
  // Text can be copied and pasted where there is text.
  const noMenu = (event: Event) => {
    if (!writes(event.target)) event.preventDefault();
  };
  const noZoom = (event: WheelEvent) => {
    if (event.ctrlKey) event.preventDefault();
  };
  page.addEventListener("dragover", refuse);
  page.addEventListener("drop", refuse);
  page.addEventListener("contextmenu", noMenu);
  page.addEventListener("wheel", noZoom, { passive: false });
  return () => {
    page.removeEventListener("dragover", refuse);
    page.removeEventListener("drop", refuse);
    page.removeEventListener("contextmenu", noMenu);
    page.removeEventListener("wheel", noZoom);
  };
}
