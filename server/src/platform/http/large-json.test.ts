import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client();
const { number } = await ticketIn('open', acme, await instance.staff());
const comments = `/support/tickets/${number}/comments`;

test('a body with very many values is refused at once, with a short response', () =>
  storingNothing(instance, async () => {
    const crowded = {
      files: Array(500_000).fill(1),
      ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`field_${i}`, i])),
    };
    for (const body of [crowded, { ...crowded, files: [] }]) {
      const start = performance.now();
      const response = await acme.post(comments, body);
      assertProblem(response, 400);
      assert.ok(performance.now() - start < 500, 'the server may not stall');
      assert.ok(response.text.length < 5000, 'a short response');
    }
  }));

test('names and brackets count like values, with or without commas', () =>
  storingNothing(instance, async () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `"${i}":`).join('');
    for (const body of [
      `{${names}`,
      '{}'.repeat(300_000),
      '[]'.repeat(300_000),
      `[${'""'.repeat(300_000)}`,
    ]) {
      const start = performance.now();
      assertProblem(await acme.post(comments, body), 400, 'malformed_json', body.slice(0, 20));
      assert.ok(performance.now() - start < 500, 'the server may not stall');
    }
  }));
