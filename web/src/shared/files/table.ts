/** A table on the clipboard as Markdown. DOMPurify reads the HTML: under Trusted Types a string cannot be parsed else. */
import DOMPurify from 'dompurify';

const ALLOWED_TAGS = ['table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'br', '#text'];

/** Null when the HTML is more than one plain table, for example a whole mail. */
export function tableOf(html: string): string | null {
  const fragment = DOMPurify.sanitize(html, { ALLOWED_TAGS, ALLOWED_ATTR: [], RETURN_DOM_FRAGMENT: true });
  const tables = fragment.querySelectorAll('table');
  const [table] = tables;
  if (!table || tables.length > 1) return null;
  const rows = Array.from(table.rows, (row) => Array.from(row.cells, cellOf));
  table.remove();
  if (fragment.textContent?.trim()) return null;
  return markdownOf(rows);
}

const cellOf = ({ textContent }: Element) => textContent?.replace(/\s+/g, ' ').trim() ?? '';

function markdownOf(rows: string[][]): string | null {
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const [head] = rows;
  if (!head || width < 2) return null;
  const line = (cells: string[]) => {
    const padded = Array.from({ length: width }, (_, index) => cells[index] ?? '');
    return `| ${padded.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  };
  const rule = `|${' --- |'.repeat(width)}`;
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n');
}
