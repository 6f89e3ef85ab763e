/** CSV injection: what spreadsheets make of exported text, with commas, semicolons or tabs as separators. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toCsv } from './csv.ts';

/** Splits cells as a spreadsheet does: a quote counts only at the beginning of a cell. */
function readBy(separator: string, csv: string): string[] {
  const cells: string[] = [];
  let [cell, isQuoted] = ['', false];
  for (let i = 0; i < csv.length; i++) {
    const character = csv[i] ?? '';
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (csv[i + 1] === '"') cell += csv[++i];
      else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === separator || character === '\n' || character === '\r') {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell];
}

const seemsFormula = (cell: string) => /^[\s\p{C}"]*[=+\-@|%＝＋－＠]/u.test(cell);

function assertHarmless(text: string) {
  const csv = toCsv(['a', 'b', 'c'], [{ a: text, b: text, c: text }]);
  for (const separator of [',', ';', '\t']) {
    const formulas = readBy(separator, csv).filter(seemsFormula);
    assert.deepEqual(formulas, [], `${JSON.stringify(text)} read by ${JSON.stringify(separator)}`);
  }
}

test('no cell is a formula with any separator', () => {
  const starts = [
    '=1+1',
    '+1',
    '-1',
    '@a',
    '|calc',
    '%0A',
    '＝1',
    ' =1',
    '\t=1',
    '\u200b=1',
    '"=1',
    '\u00a0-1',
  ];
  const before = ['', 'a', 'a;', 'a; ', 'a;"', 'a\n', 'a\r\n', 'a\t', 'a","', '";', 'a;;"" "'];
  for (const text of before.flatMap((one) => starts.map((start) => one + start))) {
    if (text !== `a${text.slice(1)}` || /[;\t\r\n]/.test(text)) assertHarmless(text);
  }
  const pieces = ['=', '+', '-', '@', ';', ',', '"', "'", '\t', '\n', '\r', ' ', 'a', '\ufeff', '＝'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (text) =>
      assertHarmless(text.join('')),
    ),
    { numRuns: 3000 },
  );
});

test('text is quoted, numbers are not, and a byte order mark says UTF-8', () => {
  const rows = [
    { a: 'plain', b: -1, c: true },
    { a: 'x"y', b: null, c: undefined },
    { a: 'a; b, c - d\n1 = 1', b: 0.5, c: false },
  ];
  assert.equal(
    toCsv(['a', 'b', 'c'], rows),
    '\ufeff"a","b","c"\r\n"plain",-1,true\r\n"x""y",,\r\n"a; b, c - d\n1 = 1",0.5,false\r\n',
  );
});
