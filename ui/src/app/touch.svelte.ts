//! Whether letters have to be typed on the screen: which field wants them, and whether there is a keyboard at hand. A
//! finger says that there is none, a key that there is one; this screen may also be told once and for all.

/** When the on-screen keyboard comes. */
export const KEYBOARD_MODES = ["touch", "always", "never"] as const;

/** When the on-screen keyboard comes: when a finger went into a field, for every field, or never. */
export type KeyboardMode = (typeof KEYBOARD_MODES)[number];

/** A field that text can be typed into. */
export type TextField = HTMLInputElement | HTMLTextAreaElement;

const KEY = "tillkeeper.on-screen-keyboard";
/** Milliseconds after a finger was lifted in which its click comes. */
const NO_CLICK_MS = 350;
const TYPES = new Set(["text", "search", "password", "email", "tel", "url"]);

function read(): KeyboardMode {
  const kept = localStorage.getItem(KEY);
  return KEYBOARD_MODES.find((mode) => mode === kept) ?? "touch";
}

let mode = $state<KeyboardMode>(read());
let byTouch = $state(false);
let field = $state.raw<TextField | null>(null);
let sentAway = $state(false);

/** When the on-screen keyboard comes at this screen. */
export function keyboardMode(): KeyboardMode {
  return mode;
}

/** Says when it comes; remembered at this screen. */
export function pickKeyboardMode(next: KeyboardMode): void {
  mode = next;
  localStorage.setItem(KEY, next);
}

/** The field letters are to be typed into on the screen; `null` when none is, or a keyboard is at hand. */
export function typedOnScreen(): TextField | null {
  if (field === null || sentAway || mode === "never") return null;
  return mode === "always" || byTouch ? field : null;
}

/** Sends the on-screen keyboard away, until a field is gone into anew. */
export function sendKeyboardAway(): void {
  sentAway = true;
}

function textField(target: EventTarget | null): TextField | null {
  if (target instanceof HTMLTextAreaElement) return target.readOnly || target.disabled ? null : target;
  if (!(target instanceof HTMLInputElement) || !TYPES.has(target.type)) return null;
  return target.readOnly || target.disabled ? null : target;
}

/** Watches fingers, keys and fields. Returns how to stop. */
export function watchTouch(page: Document): () => void {
  /** A finger is on the screen: what it will press has to stay where it is until it did. */
  let down = false;
  let lifting: ReturnType<typeof setTimeout> | undefined;
  let left: EventTarget | null = null;
  const leave = () => {
    if (left !== null && field === left) field = null;
    left = null;
  };
  const lifted = () => {
    clearTimeout(lifting);
    down = false;
    // The click comes right behind.
    setTimeout(leave, 0);
  };
  /** Where a finger that slid away presses nothing, no click comes. */
  const up = () => (lifting = setTimeout(lifted, NO_CLICK_MS));
  const finger = (event: PointerEvent) => {
    if (!event.isTrusted) return;
    // What was waited for after the last finger says nothing of this one.
    clearTimeout(lifting);
    down = true;
    byTouch = event.pointerType === "touch" || event.pointerType === "pen";
    // A tap into the field one is in already asks for the keyboard again.
    if (byTouch && textField(event.target) !== null) sentAway = false;
  };
  const key = (event: KeyboardEvent) => {
    if (event.isTrusted) byTouch = false;
  };
  // The focus also moves while a page is drawn, when what had it goes: what follows from that is drawn after it.
  const into = (event: FocusEvent) => {
    queueMicrotask(() => {
      const next = textField(event.target);
      if (next === null) return;
      field = next;
      left = null;
      sentAway = false;
    });
  };
  const outOf = (event: FocusEvent) => {
    // What was pressed beside a field has the focus for a moment and loses it: that says nothing of the field.
    if (textField(event.target) === null) return;
    left = event.target;
    if (!down) queueMicrotask(leave);
  };
  page.addEventListener("pointerdown", finger, { capture: true });
  page.addEventListener("click", lifted, { capture: true });
  page.addEventListener("pointerup", up, { capture: true });
  page.addEventListener("pointercancel", lifted, { capture: true });
  page.addEventListener("keydown", key, { capture: true });
  page.addEventListener("focusin", into);
  page.addEventListener("focusout", outOf);
  return () => {
    page.removeEventListener("pointerdown", finger, { capture: true });
    page.removeEventListener("click", lifted, { capture: true });
    page.removeEventListener("pointerup", up, { capture: true });
    page.removeEventListener("pointercancel", lifted, { capture: true });
    page.removeEventListener("keydown", key, { capture: true });
    page.removeEventListener("focusin", into);
    page.removeEventListener("focusout", outOf);
  };
}
