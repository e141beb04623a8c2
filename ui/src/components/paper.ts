//! A receipt's lines with what text cannot show in its place: the logo and bar codes. The till writes a line for each
//! of them, in brackets; the document says what it is.

import type { ReceiptPreview } from "../api";

/** A part of a receipt on the screen, from top to bottom. */
export type PaperPart =
  { kind: "text"; text: string } | { kind: "picture"; hash: string } | { kind: "barcode"; data: string };

/** The parts of a receipt. */
export function partsOf(preview: ReceiptPreview): PaperPart[] {
  const drawn = preview.document.blocks.filter((block) => block.block === "image" || block.block === "barcode");
  const parts: PaperPart[] = [];
  for (const line of preview.lines) {
    const next = drawn[0];
    const place = line.trim();
    const last = parts.at(-1);
    if (next?.block === "image" && place === "[picture]") {
      parts.push({ kind: "picture", hash: next.picture });
      drawn.shift();
    } else if (next?.block === "barcode" && place.startsWith("[") && place.endsWith(`: ${next.data}]`)) {
      parts.push({ kind: "barcode", data: next.data });
      drawn.shift();
    } else if (last?.kind === "text") last.text += `\n${line}`;
    else parts.push({ kind: "text", text: line });
  }
  return parts;
}
