import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Format, format } from './formatting.ts';

/** `|` are the ends of the selection, or the caret. */
function apply(kind: Format, marked: string): string {
  const start = marked.indexOf('|');
  const rest = marked.replace('|', '');
  const end = rest.includes('|') ? rest.indexOf('|') : start;
  const text = rest.replace('|', '');
  const { from, to, text: put, selectFrom, selectTo } = format(kind, text, start, end);
  const next = text.slice(0, from) + put + text.slice(to);
  const inside = next.slice(selectFrom, selectTo);
  return `${next.slice(0, selectFrom)}|${inside}${inside ? '|' : ''}${next.slice(selectTo)}`;
}

const cases: [Format, string, string][] = [
  ['bold', 'a |word| here', 'a **|word|** here'],
  ['bold', 'a **|word|** here', 'a |word| here'],
  ['bold', 'a |**word**| here', 'a |word| here'],
  ['bold', 'at |', 'at **|**'],
  ['italic', '|Привет|', '_|Привет|_'],
  ['code', 'run |mtr| now', 'run `|mtr|` now'],
  ['code', '|a\nb|', '```\n|a\nb|\n```'],
  ['list', 'one\nt|wo\nthr|ee\nfour', 'one\n|- two\n- three|\nfour'],
  ['list', '|- one\n- two|', '|one\ntwo|'],
  ['list', '|', '- |'],
  ['link', 'see |the page|', 'see [the page](|https://|)'],
  ['link', '|https://example.com|', '[|](https://example.com)'],
];

for (const [kind, before, after] of cases)
  test(`${kind}: ${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, () =>
    assert.equal(apply(kind, before), after));
