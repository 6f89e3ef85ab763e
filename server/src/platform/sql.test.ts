import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from './sql.ts';

test('values become parameters, numbered through all templates within', () => {
  const isOpen = sql`status = ${'open'}`;
  const statement = sql`select ${1} from tickets where ${isOpen} and number = ${2}`;
  assert.deepEqual(statement.compile(), {
    text: 'select $1 from tickets where status = $2 and number = $3',
    values: [1, 'open', 2],
  });
});

test('a template that stands twice in a statement has its values twice', () => {
  const mine = sql`account_id = ${7}`;
  assert.deepEqual(sql`${mine} or ${mine}`.compile(), {
    text: 'account_id = $1 or account_id = $2',
    values: [7, 7],
  });
});

test('joined are values and templates, with a comma or with what is given', () => {
  assert.deepEqual(sql`(${sql.join([1, sql`now()`, 'x'])})`.compile(), {
    text: '($1, now(), $2)',
    values: [1, 'x'],
  });
  assert.equal(sql.join([sql`a`, sql`b`], sql` and `).compile().text, 'a and b');
  assert.equal(sql.join([]).compile().text, '');
});

test('names and literals are quoted', () => {
  assert.equal(sql.id('tickets.number').compile().text, '"tickets"."number"');
  assert.equal(sql.id('a"b').compile().text, '"a""b"');
  assert.equal(sql.lit("it's").compile().text, "'it''s'");
  assert.deepEqual(sql`limit ${sql.lit(50)}`.compile(), { text: 'limit 50', values: [] });
});
