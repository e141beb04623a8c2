//! Which key does what on the sell screen.

import { client, type PaymentResult } from "../../api";
import { approval } from "../../app/approval.svelte";
import { ask, type KeyPress, type Taken } from "../../app/keyboard.svelte";
import { keypadKey } from "../../app/keypad-keys";
import { till } from "../../app/till.svelte";
import { buying } from "./buying.svelte";
import { chooser } from "./chooser.svelte";
import { stepSelection } from "./lines";
import { enterPanel, openPanel, panel } from "./panel.svelte";
import { returning } from "./returning.svelte";
import { sale } from "./sale.svelte";
import { search } from "./search.svelte";
import { sellers } from "./sellers.svelte";
import { selling } from "./selling.svelte";
import { suspending } from "./suspending.svelte";
import { taxing } from "./taxing.svelte";
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

/** What a key says of the payment that waits. */
const ANSWERS: Readonly<Record<string, PaymentResult>> = { Enter: "approved", Delete: "declined", "?": "unknown" };

/** How long a key waits for the till before it means nothing any more: who sees nothing happen presses another. */
const WAIT_MS = 2_000;

/** Keys pressed before it was known whether a sale is open, in their order. */
let early: KeyPress[] = [];

/** Whether a key is none of this screen's: help, the menu, another screen. */
function isElsewhere(press: KeyPress): boolean {
  if (press.ctrl && !press.alt) return !["z", "b", "k", "p", "g", "delete"].includes(press.key.toLowerCase());
  return press.key === "F1";
}

/** Whether a key does the same whatever the sale is. */
function isOfNoSale(press: KeyPress): boolean {
  return ["F2", "F3", "Home", "Insert"].includes(press.key);
}

/** Whether what a key means waits for what the till says of the sale: after a start, or behind the scan that opens it. */
function waits(press: KeyPress): boolean {
  if (isElsewhere(press)) return false;
  if (early.length > 0) return true;
  if (isOfNoSale(press)) return false;
  if (sale.view || approval.permission || !till.can("sell")) return false;
  return sale.ready ? press.key === "F9" && client.pending > 0 : true;
}

/** Whether a key takes money, gives up a line, or says what became of a payment. */
function paysOrAnswers(press: KeyPress): boolean {
  return press.alt || press.key === "F10" || press.key === "F12" || press.key in ANSWERS;
}

/** Forgets the keys that wait: another screen came, or somebody else, and they were not meant for that. */
export function forgetKeys(): void {
  early = [];
}

/** Keeps a key until the sale is known, and hands it to the screens again then. */
function takeLater(press: KeyPress): void {
  if (press.repeat) return;
  early.push(press);
  if (early.length > 1) return;
  const keys = early;
  // Not the session itself: whenever the pushes begin, the till says once more who is signed on.
  const [since, operator, blind] = [performance.now(), till.session?.operator, !sale.ready];
  const take = (known: boolean) => {
    if (early !== keys) return;
    early = [];
    if (!known || till.session?.operator !== operator || performance.now() - since > WAIT_MS) return;
    // Nobody pays, or says what a card reader did, before they see of what.
    for (const key of keys) if (!blind || !paysOrAnswers(key)) ask(key);
  };
  sale.read().then(
    () => take(true),
    () => take(false),
  );
}

/** Takes a key. */
export function takeKey(press: KeyPress, hands: Hands): Taken {
  if (!writes(press) && waits(press)) {
    takeLater(press);
    return true;
  }
  if (approval.permission) return approval.takeKey(press);
  const answer = sale.view?.payment && !press.field && !press.button && !press.alt && !press.ctrl;
  if (answer && press.key in ANSWERS) {
    if (!press.repeat) selling.endPayment(ANSWERS[press.key]!);
    return true;
  }
  if (press.alt || press.ctrl) return takeChord(press);
  if (!press.repeat || press.key.length > 3) {
    const act = functionKeys(hands)[press.key];
    if (act) {
      if (!press.repeat) act();
      return true;
    }
  }
  if (press.key === "Enter" && picksOnly() && enterPanel()) return true;
  if (press.field) return takeFieldKey(press, hands);
  if (press.button && (press.key === "Enter" || press.key === " ")) return "native";
  return takePlainKey(press, hands);
}

/** Whether a key belongs to the field or button that has the focus. */
function writes(press: KeyPress): boolean {
  return (press.field || press.button) && !/^F\d+$/.test(press.key);
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
    // Where nothing can be put aside or taken up, it shows the receipts.
    ...(selling.canSuspend ? { F8: () => selling.suspend() } : {}),
    F9: () => (sale.view ? openPanel(panel() === "pay" ? null : "pay") : hands.preview()),
    F10: () => selling.card(selling.typedMinor),
    F11: () => buying.open(),
    Home: () => openPanel(panel() === "more" ? null : "more"),
    F12: () => selling.pay(selling.typedMinor),
    Insert: () => openPanel(panel() === "open_item" ? null : "open_item"),
  };
}

function takeChord(press: KeyPress): Taken {
  if (press.repeat) return false;
  if (press.alt && !press.ctrl && /^(?:Digit|Numpad)5$/.test(press.code)) {
    selling.credit();
    return true;
  }
  if (press.alt && !press.ctrl && /^(?:Digit|Numpad)6$/.test(press.code)) {
    selling.onAccount();
    return true;
  }
  const tip = /^(?:Digit|Numpad)([7-9]|0)$/.exec(press.code)?.[1];
  if (press.alt && !press.ctrl && tip && till.greeting?.tenders.tips) {
    const offer = sale.view?.tip_offers[Number(tip) - 7];
    if (tip === "0") selling.typedTip();
    else if (offer) selling.tip(offer.amount);
    return true;
  }
  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(press.code)?.[1];
  if (press.alt && !press.ctrl && digit) {
    const amount = sale.view?.quick_cash[Number(digit) - 1];
    if (amount) selling.pay(amount.amount);
    return true;
  }
  if (!press.ctrl || press.alt) return false;
  const key = press.key.toLowerCase();
  if (key === "z" && !press.field) selling.undo();
  else if (key === "b" && !press.field) void taxing.takeAway();
  else if (key === "k" && !press.field) sellers.open();
  else if (key === "p") void selling.reprint();
  else if (key === "g") void selling.gift();
  else if (key === "delete") selling.cancel();
  else return false;
  return true;
}

/** Whether the focus is where something is picked and nothing is written: Enter is the panel's there. */
function picksOnly(): boolean {
  const at = document.activeElement;
  return at instanceof HTMLSelectElement || (at instanceof HTMLInputElement && at.type === "radio");
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
  const waiting = panel() === "suspended" && /^[1-9]$/.test(press.key) ? suspending.at(Number(press.key)) : null;
  if (waiting) {
    if (!press.repeat) void suspending.resume(waiting.sale);
    return true;
  }
  if (panel() === "return" && returning.takeKey(press.key)) return true;
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
  else if (press.key === "%") selling.discount();
  else if (press.key === "Delete") selling.voidLine();
  else if (press.key === "/") selling.note();
  else if (press.key === "?") selling.explain();
  else if (/^\p{L}$/u.test(press.key)) {
    hands.focusSearch();
    search.type(search.text + press.key);
  } else return false;
  return true;
}
