//! The words of reports: their names, their columns, what stands in their rows. What has no words is shown by its name,
//! readable.

import type { CellValue } from "../api";
import { change, count, day, hour, money, quantity, rate, unitSign } from "./numbers.svelte";
import { reportMessage } from "./text.svelte";

function readable(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** What a report is called. */
export function reportName(report: string): string {
  return reportMessage(`report-${report}`) ?? readable(report);
}

/** What a column is called. */
export function columnName(column: string): string {
  return reportMessage(`column-${column}`) ?? readable(column);
}

/** A cell as it is read. */
export function cellText(cell: CellValue): string {
  switch (cell.cell) {
    case "empty":
      return "";
    case "text":
      return cell.value;
    case "word":
      return reportMessage(`word-${cell.value}`) ?? readable(cell.value);
    case "count":
      return count(cell.value);
    case "quantity": {
      const { thousandths, unit } = cell.value;
      return `${quantity(thousandths)} ${unitSign(unit)}`.trim();
    }
    case "day":
      return day(cell.value);
    case "weekday":
      return reportMessage(`weekday-${cell.value}`) ?? "";
    case "hour":
      return hour(cell.value);
    case "money":
      return money(cell.value);
    case "rate":
      return rate(cell.value);
    case "change":
      return change(cell.value);
  }
}

const FIGURES: readonly CellValue["cell"][] = ["count", "quantity", "money", "rate", "change"];

/** Whether a cell says how much: those stand at the end of their column. */
export function isFigure(cell: CellValue | undefined): boolean {
  return cell !== undefined && FIGURES.includes(cell.cell);
}
