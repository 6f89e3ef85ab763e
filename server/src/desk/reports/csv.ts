/**
 * Rows as CSV (RFC 4180) that no spreadsheet reads as formulas, whatever it separates cells by: where the comma is a
 * decimal sign, that is a semicolon, and a quote in the middle of a line is a letter like any other.
 * csv-stringify minds formulas at the beginning of a cell only.
 */

type Cell = string | number | boolean | null | undefined;

const BYTE_ORDER_MARK = '\ufeff'; // without it, spreadsheets take UTF-8 for the machine's old encoding

/** The heading and a line for each row, each ended by CRLF. */
export function toCsv(columns: readonly string[], rows: Array<Record<string, unknown>>): string {
  const lines = rows.map((row) => columns.map((column) => cellOf(row[column] as Cell)).join(',')); // rows of plain values
  return BYTE_ORDER_MARK + [columns.map(cellOf).join(','), ...lines, ''].join('\r\n');
}

function cellOf(value: Cell): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? `"${withoutFormulas(value).replaceAll('"', '""')}"` : String(value);
}

/**
 * An apostrophe makes text of what begins like a formula, at the beginning and behind what may separate cells or lines.
 * Each run of what stands before a formula is taken whole, so that the work is linear.
 */
function withoutFormulas(text: string): string {
  const inside = text.replace(/[\s\p{C};"']+/gu, (run, offset: number) => {
    const mayBegin = offset === 0 || /[;\t\r\n]/.test(run);
    return mayBegin && isFormula(text[offset + run.length]) ? `${run}'` : run;
  });
  return isFormula(text[0]) || /^[\t\r\n]/.test(text) ? `'${inside}` : inside;
}

const isFormula = (character = '') => /[=+\-@|%＝＋－＠]/.test(character);
