/**
 * Writes CSV (RFC 4180) that no spreadsheet reads as formulas with any separator. Where the comma is the decimal sign,
 * spreadsheets split at semicolons, and a quote in the middle of a line is an ordinary character. csv-stringify
 * handles formulas only at the beginning of a cell.
 */

type Cell = string | number | boolean | null | undefined;

const BYTE_ORDER_MARK = '\ufeff'; // without it, spreadsheets assume the system's legacy encoding

/** The heading and a line per row, each ending with CRLF. */
export function toCsv(columns: readonly string[], rows: Array<Record<string, unknown>>): string {
  const lines = rows.map((row) => columns.map((column) => cellOf(row[column] as Cell)).join(',')); // rows of plain values
  return BYTE_ORDER_MARK + [columns.map(cellOf).join(','), ...lines, ''].join('\r\n');
}

function cellOf(value: Cell): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? `"${withoutFormulas(value).replaceAll('"', '""')}"` : String(value);
}

/**
 * Puts an apostrophe before anything that looks like a formula, at the beginning and after possible separators. Each
 * run of characters before a formula is matched as a whole, so the work is linear.
 */
function withoutFormulas(text: string): string {
  const preceding = text.replace(/[\s\p{C};"']+/gu, (run, offset: number) => {
    const mayBegin = offset === 0 || /[;\t\r\n]/.test(run);
    return mayBegin && isFormula(text[offset + run.length]) ? `${run}'` : run;
  });
  return isFormula(text[0]) || /^[\t\r\n]/.test(text) ? `'${preceding}` : preceding;
}

const isFormula = (character = '') => /[=+\-@|%＝＋－＠]/.test(character);
