//! Large and heavy lines, logo and bar code are shown where the till puts them.

import { expect, it } from "vitest";
import type { Block, ReceiptPreview } from "../api";
import { partsOf, type PaperPart } from "./paper";

const PLAIN = { bold: false, large: false };
const BOLD = { bold: true, large: false };
const LARGE = { bold: true, large: true };

function preview(blocks: Block[], lines: string[], rightToLeft = false): ReceiptPreview {
  return { document: { language: "en", right_to_left: rightToLeft, blocks }, lines, columns: 24 };
}

function pair(label: string, value: string, style = PLAIN): Block {
  return {
    block: "row",
    cells: [
      { text: label, width: "rest", align: "start" },
      { text: value, width: "text", align: "end" },
    ],
    style,
  };
}

const text = (text: string, bold = false): PaperPart => ({ kind: "text", text, bold });

it("shows the lines of a receipt as its document says", () => {
  const parts = partsOf(
    preview(
      [
        { block: "image", picture: "abc", size: "medium" },
        { block: "text", text: "Lantern Quay", align: "center", style: LARGE },
        { block: "text", text: "12 Quay", align: "center", style: PLAIN },
        { block: "space", lines: 1 },
        { block: "rule" },
        pair("Country sourdough loaf, sliced", "4.20"),
        pair("Total", "4.20 EUR", LARGE),
        pair("Rate", "Net", BOLD),
        { block: "barcode", symbology: "code128", data: "A-000001" },
        { block: "cut" },
      ],
      [
        "       [picture]",
        "       Lantern",
        "         Quay",
        "        12 Quay",
        "",
        "------------------------",
        "Country sourdough   4.20",
        "loaf, sliced",
        "Total           4.20 EUR",
        "Rate                 Net",
        "   [Code 128: A-000001]",
      ],
    ),
  );
  expect(parts.map((part) => (part.kind === "barcode" ? { ...part, bars: null } : part))).toEqual([
    { kind: "picture", hash: "abc" },
    { kind: "large", pieces: ["Lantern"], align: "center", bold: true },
    { kind: "large", pieces: ["Quay"], align: "center", bold: true },
    text("        12 Quay\n\n------------------------\nCountry sourdough   4.20\nloaf, sliced"),
    { kind: "large", pieces: ["Total", "4.20 EUR"], align: "start", bold: true },
    text("Rate                 Net", true),
    { kind: "barcode", data: "A-000001", bars: null },
  ]);
});

it("puts large text of Arabic receipts at the other side", () => {
  const blocks: Block[] = [{ block: "text", text: "متجر", align: "start", style: LARGE }];
  expect(partsOf(preview(blocks, ["                    متجر"], true))).toEqual([
    { kind: "large", pieces: ["متجر"], align: "end", bold: true },
  ]);
});

it("leaves a code it cannot draw as the till writes it", () => {
  const blocks: Block[] = [{ block: "barcode", symbology: "qr", data: "x" }];
  expect(partsOf(preview(blocks, ["        [QR: x]"]))).toEqual([text("        [QR: x]")]);
});

it("shows a cut between two sheets", () => {
  const blocks: Block[] = [{ block: "text", text: "a", align: "start", style: PLAIN }, { block: "cut" }];
  const again: Block[] = [...blocks, ...blocks];
  expect(partsOf(preview(again, ["a", "- - -", "a"]))).toEqual([text("a\n- - -\na")]);
});

it("shows lines that are not the document's as they are", () => {
  expect(partsOf(preview([], [" Shop", "----"]))).toEqual([text(" Shop\n----")]);
});
