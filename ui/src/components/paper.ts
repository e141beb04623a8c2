//! A receipt's lines as they look on paper. The till lays the receipt out; the document says what is large or heavy,
//! and what text can only name: the logo and bar codes.

import type { Align, Block, ReceiptPreview } from "../api";
import { code128, type Bars } from "./code128";

/** A part of a receipt on the screen, from top to bottom. */
export type PaperPart =
  | { kind: "text"; text: string; bold: boolean }
  /** One line, twice as wide and high; two pieces stand at its two ends. */
  | { kind: "large"; pieces: string[]; align: Align; bold: boolean }
  | { kind: "picture"; hash: string }
  | { kind: "barcode"; data: string; bars: Bars };

/** The parts of a receipt. Lines that are not those of the document are shown as they are. */
export function partsOf(preview: ReceiptPreview): PaperPart[] {
  const parts: PaperPart[] = [];
  let rest = preview.lines;
  for (const block of preview.document.blocks) {
    const count = linesOf(block, rest);
    for (const line of rest.slice(0, count)) add(parts, partOf(block, line, preview.document.right_to_left));
    rest = rest.slice(count);
  }
  return rest.length === 0 ? parts : [{ kind: "text", text: preview.lines.join("\n"), bold: false }];
}

/** How many of the lines belong to a block. Wrapping moves letters and drops spaces, so letters are counted. */
function linesOf(block: Block, lines: readonly string[]): number {
  if (block.block === "space") return block.lines;
  if (block.block !== "text" && block.block !== "row") return 1;
  const words = block.block === "text" ? block.text : block.cells.map((cell) => cell.text).join("");
  let left = letters(words);
  let count = 0;
  do left -= letters(lines[count++] ?? "");
  while (left > 0 && count < lines.length);
  return count;
}

function letters(text: string): number {
  return text.replace(/[\s\p{Cc}]/gu, "").length;
}

function partOf(block: Block, line: string, rightToLeft: boolean): PaperPart {
  if (block.block === "image") return { kind: "picture", hash: block.picture };
  if (block.block === "barcode") {
    const bars = block.symbology === "code128" ? code128(block.data) : null;
    if (bars) return { kind: "barcode", data: block.data, bars };
  }
  const style = block.block === "text" || block.block === "row" ? block.style : { bold: false, large: false };
  if (!style.large) return { kind: "text", text: line, bold: style.bold };
  // The till keeps the pieces of a large line at least two columns apart.
  const pieces = line.trim().split(/ {2,}/);
  const start = rightToLeft ? "end" : "start";
  const end = rightToLeft ? "start" : "end";
  // Columns are mirrored already, alignments are not. A piece alone in a row stands where the line has it.
  const align =
    block.block === "text" ? { start, center: "center", end }[block.align] : line.startsWith(" ") ? "end" : "start";
  return { kind: "large", pieces, align: align as Align, bold: style.bold };
}

function add(parts: PaperPart[], part: PaperPart): void {
  const last = parts.at(-1);
  if (part.kind === "text" && last?.kind === "text" && last.bold === part.bold) last.text += `\n${part.text}`;
  else parts.push(part);
}
