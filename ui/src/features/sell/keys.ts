//! Which key does what on the sell screen.

import { approval } from "../../app/approval.svelte";
import type { KeyPress, Taken } from "../../app/keyboard.svelte";
import { keypadKey } from "../../app/keypad-keys";
import { chooser } from "./chooser.svelte";
import { stepSelection } from "./lines";
import { openPanel, panel } from "./panel.svelte";
import { sale } from "./sale.svelte";
import { search } from "./search.svelte";
import { selling } from "./selling.svelte";
import { tiles } from "./tiles.svelte";

/** What the keys need from the screen. */
export interface Hands {
  /** Puts the focus into the search box. */
  focusSearch: () => void;
  /** Takes the focus out of wherever it is. */
  leaveField: () => void;
  /** Shows the receipt of the last sale. */
  preview: () => void;
}

/** Takes a key. */
export function takeKey(press: KeyPress, hands: Hands): Taken {
  if (approval.permission) return approval.takeKey(press);
  if (press.alt || press.ctrl) return takeChord(press);
  if (!press.repeat || press.key.length > 3) {
    const act = functionKeys(hands)[press.key];
    if (act) {
      if (!press.repeat) act();
      return true;
    }
  }
  if (press.field) return takeFieldKey(press, hands);
  if (press.button && (press.key === "Enter" || press.key === " ")) return "native";
  return takePlainKey(press, hands);
}

function functionKeys(hands: Hands): Record<string, () => void> {
  return {
    F2: hands.focusSearch,
    F3: () => openPanel(panel() === "price_check" ? null : "price_check"),
    F4: () => selling.times(),
    // Only while somebody has to look: it is no key for anything else.
    ...(sale.view?.age_check == null ? {} : { F5: () => selling.confirmAge() }),
    F6: () => selling.price(),
    F7: () => selling.returnNext(),
    F9: hands.preview,
    F12: () => selling.pay(selling.typedMinor),
    Insert: () => openPanel(panel() === "open_item" ? null : "open_item"),
  };
}

function takeChord(press: KeyPress): Taken {
  if (press.repeat) return false;
  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(press.code)?.[1];
  if (press.alt && !press.ctrl && digit) {
    const amount = sale.view?.quick_cash[Number(digit) - 1];
    if (amount) selling.pay(amount.amount);
    return true;
  }
  if (!press.ctrl || press.alt) return false;
  const key = press.key.toLowerCase();
  if (key === "z" && !press.field) selling.undo();
  else if (key === "p") void selling.reprint();
  else if (key === "delete") selling.cancel();
  else return false;
  return true;
}

function takeFieldKey(press: KeyPress, hands: Hands): Taken {
  if (press.key !== "Escape") return false;
  search.clear();
  if (panel()) openPanel(null);
  hands.leaveField();
  return true;
}

function takePlainKey(press: KeyPress, hands: Hands): Taken {
  // A number picks one of the products of a code, until something is typed.
  const picked = selling.entry === "" && /^[1-9]$/.test(press.key) ? chooser.at(Number(press.key)) : null;
  if (picked) {
    if (!press.repeat) selling.pick(picked);
    return true;
  }
  const key = keypadKey(press.key);
  if (key !== null) {
    selling.press(key);
    return true;
  }
  if (press.key === "ArrowUp" || press.key === "ArrowDown") {
    sale.selected = stepSelection(sale.lines, sale.selected, press.key === "ArrowUp" ? -1 : 1);
  } else if (press.key === "PageUp" || press.key === "PageDown") tiles.step(press.key === "PageUp" ? -1 : 1);
  else if (press.key === "+") selling.step(1);
  else if (press.key === "-") selling.step(-1);
  else if (press.key === "=") selling.setQuantity();
  else if (press.key === "Delete") selling.voidLine();
  else if (press.key === "?") selling.explain();
  else if (/^\p{L}$/u.test(press.key)) {
    hands.focusSearch();
    search.type(search.text + press.key);
  } else return false;
  return true;
}
