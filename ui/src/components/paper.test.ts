//! Logo and bar code stand where the till says.

import { expect, it } from "vitest";
import type { ReceiptPreview } from "../api";
import { partsOf } from "./paper";

const preview: ReceiptPreview = {
  document: {
    language: "en",
    right_to_left: false,
    blocks: [
      { block: "image", picture: "abc" },
      { block: "rule" },
      { block: "barcode", symbology: "code128", data: "A-000001" },
    ],
  },
  lines: ["   [picture]", " Shop", "----", " [Code 128: A-000001]"],
  columns: 12,
};

it("puts the logo and the bar code in the place of their lines", () => {
  expect(partsOf(preview)).toEqual([
    { kind: "picture", hash: "abc" },
    { kind: "text", text: " Shop\n----" },
    { kind: "barcode", data: "A-000001" },
  ]);
});

it("leaves lines that only look like it", () => {
  const without = { ...preview, document: { ...preview.document, blocks: [] } };
  expect(partsOf(without)).toEqual([{ kind: "text", text: without.lines.join("\n") }]);
});
