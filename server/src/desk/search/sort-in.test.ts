import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from '#platform/sql.ts';
import { openInstance } from '#test/instance.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { sortInNewWords } from './sort-in.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');

/** The pages of the list, which this empties. */
async function pagesOfList(): Promise<number> {
  const [row] = await instance.query<{ pages: number }>(
    `select gin_clean_pending_list('search_texts_words')::int as pages`,
  );
  return row?.pages ?? Number.NaN;
}
const count = async (q: string) => (await done(acme.get(`/support/tickets?q=${q}`))).body.item_count;

test('new words are found before and after they are sorted in, and then the list is empty', async () => {
  await pagesOfList();
  await ticketIn('open', acme, agent, { comment_body: 'The quokka is asleep' });
  assert.equal(await count('quokka'), 1);
  await sortInNewWords(instance.database);
  assert.equal(await pagesOfList(), 0);
  assert.equal(await count('quokka'), 1);
});

test('while another process sorts them in, it returns at once', async () => {
  await ticketIn('open', acme, agent, { comment_body: 'The wombat is awake' });
  await instance.database.transact(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('search_texts_words', 0))`.execute(tx);
    await sortInNewWords(instance.database);
  });
  assert.ok((await pagesOfList()) > 0);
  assert.equal(await count('wombat'), 1);
});
