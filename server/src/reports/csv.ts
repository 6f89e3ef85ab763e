/** Rows as CSV (RFC 4180) that no spreadsheet reads as formulas. */

type Cell = string | number | boolean | null | undefined;

/** The heading and a line for each row, each ended by CRLF. */
export function toCsv(columns: readonly string[], rows: Array<Record<string, unknown>>): string {
  const lines = rows.map((row) => columns.map((column) => cellOf(row[column] as Cell)).join(',')); // rows of plain values
  return [columns.join(','), ...lines, ''].join('\r\n');
}

/** What begins like a formula is shown as it is: a quote before it makes it text to a spreadsheet. */
function cellOf(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[\s\u200b\ufeff]*[=+\-@|%＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== value ? `"${text.replaceAll('"', '""')}"` : text;
}
