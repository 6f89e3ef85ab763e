/** The output of commands on stdout: a sentence or a table for people, JSON for programs. */

let printsJson = false;

export function printJson(isWanted: boolean) {
  printsJson = isWanted;
}

export function print(value: unknown, sentence: string) {
  process.stdout.write(`${printsJson ? JSON.stringify(value) : sentence}\n`);
}

export function table<T extends object>(rows: T[], columns: Array<keyof T & string>): string {
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '-')))];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
