/** docs/statements.md, from the budgets; `npm run budgets` writes it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgets, uncounted } from './budgets.ts';

export const pagePath = join(import.meta.dirname, '..', '..', '..', 'docs', 'statements.md');

export function statementsPage(): string {
  const rows = Object.entries(budgets).map(
    ([name, { statements, transactions, on = '' }]) =>
      `| ${name} | ${on} | ${statements} | ${transactions} |`,
  );
  return [
    '# Statements of a request',
    '',
    'How many SQL statements each operation may send for one request, the look-up of its key included, and how many',
    'transactions it begins. The number does not grow with the rows that a request is about.',
    '`server/test/statements-per-request.test.ts` asks for each operation where there is much of everything (a ticket of 41',
    'comments with files and votes, 20 views, 30 keys, 50 tickets), and fails above a budget and well below it.',
    'Generated from `server/test/budgets/budgets.ts` by `npm run budgets`.',
    '',
    '| operation | asked for | statements | transactions |',
    '|---|---|---:|---:|',
    ...rows,
    '',
    ...Object.entries(uncounted).map(([name, why]) => `\`${name}\` is not counted: ${why}.`),
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename && process.argv.includes('--write')) {
  writeFileSync(pagePath, statementsPage());
}
