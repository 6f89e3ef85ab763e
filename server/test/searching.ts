/** Tickets with texts to search for, and what a search finds. */
import assert from 'node:assert/strict';
import type { Caller, Response } from './caller.ts';
import type { Instance } from './instance.ts';
import { done } from './tickets.ts';

/** Creates a client of a new account with these tickets, by number, so that each test searches only its own. */
export function writerOn(instance: Instance) {
  let accounts = 0;
  return async (...texts: Array<{ summary?: string; body?: string; alias?: string }>) => {
    const client = await instance.client(`search-${++accounts}`);
    const numbers: number[] = [];
    for (const { summary = 'Question', body = 'Hello', alias } of texts) {
      const opened = { summary, comment_body: body, client_aliased_name: alias };
      numbers.push((await done(client.post('/support/tickets', opened))).body.number);
    }
    return { client, numbers };
  };
}

export const search = (client: Caller, q: string, more = ''): Promise<Response> =>
  client.get(`/support/tickets?q=${encodeURIComponent(q)}${more}`);

/** The numbers that a search finds, in order of opening. Its count must match. */
export async function find(client: Caller, q: string, more = ''): Promise<number[]> {
  const { body } = await done(search(client, q, `&items_per_page=1000${more}`));
  const numbers = body.items.map((item: { number: number }) => item.number);
  assert.equal(body.item_count, numbers.length, q);
  return numbers.sort((a: number, b: number) => a - b);
}
