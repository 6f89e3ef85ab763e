import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn, uploadOf } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const stranger = await instance.client('stranger');
const agent = await instance.staff('agent');

const open = async (more: object = {}): Promise<number> =>
  (await done(acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help', ...more }))).body
    .number;
const response = async (number: number, more: object = {}): Promise<number> =>
  (await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done', ...more }))).body.id;
const write = async (number: number, body = 'More'): Promise<number> =>
  (await done(acme.post(`/support/tickets/${number}/comments`, { body }))).body.id;
const merge = (number: number, into: number) => agent.post(`/staff/tickets/${number}/merge`, { into });
const unmerge = (number: number) => agent.post(`/staff/tickets/${number}/unmerge`);
const split = (number: number, comment_ids: number[]) =>
  agent.post(`/staff/tickets/${number}/split`, { comment_ids, summary: 'Another thing' });
const found = async (number: number) => (await done(acme.get(`/support/tickets/${number}`))).body;
const commentsOf = async (number: number) =>
  (await done(acme.get(`/support/tickets/${number}/comments`, { prefer: 'read-receipt=none' }))).body.items;
const bodiesOf = async (number: number) =>
  (await commentsOf(number)).map(({ body }: { body: string }) => body);

/** Everything stored of a ticket, except what every change updates. */
async function stored(...numbers: number[]) {
  const [tickets] = await instance.query<{ all: object[] }>(
    `select jsonb_agg(to_jsonb(tickets) - '{version, staff_version, updated_at, inactive_since}'::text[] order by number) as all
     from tickets where number = any($1)`,
    [numbers],
  );
  const [comments] = await instance.query<{ all: object[] }>(
    'select jsonb_agg(to_jsonb(comments) order by id) as all from comments where ticket_number = any($1)',
    [numbers],
  );
  const [files] = await instance.query<{ all: object[] }>(
    'select jsonb_agg(to_jsonb(files) order by uuid) as all from files where ticket_number = any($1)',
    [numbers],
  );
  const [votes] = await instance.query<{ all: object[] }>(
    'select jsonb_agg(to_jsonb(votes) order by id) as all from votes where ticket_number = any($1)',
    [numbers],
  );
  const [search] = await instance.query<{ all: object[] }>(
    `select jsonb_agg(to_jsonb(search_texts) order by number, comment_id) as all
     from search_texts where number = any($1)`,
    [numbers],
  );
  return { tickets, comments, files, votes, search };
}

test('a merged ticket is closed and refers to its target, which has the comments of both in the order of sending', async () => {
  const [part, whole] = [await open({ comment_body: '1' }), await open({ comment_body: '2' })];
  await write(part, '3');
  await write(whole, '4');
  const { body } = await done(merge(part, whole));
  assert.deepEqual(
    [body.is_closed, body.is_resolved, body.status_key, body.merged_into_ticket_number],
    [true, false, 'closed', whole],
  );
  assert.deepEqual(await bodiesOf(whole), ['1', '2', '3', '4']);
  await write(whole, '5');
  const gone = await commentsOf(part);
  assert.deepEqual(await bodiesOf(part), ['1', '3'], 'and stay listed where they were written');
  for (const { splitted_at, splitted_to_ticket_number } of gone) {
    assert.ok(splitted_at);
    assert.equal(splitted_to_ticket_number, whole);
  }
  const sources = (await commentsOf(whole)).map(
    ({ merged_from_ticket_number }: { merged_from_ticket_number: number }) => merged_from_ticket_number,
  );
  assert.deepEqual(sources, [part, null, part, null, null]);
  assert.equal((await found(part)).merged_into_ticket_number, whole);
});

test('unmerging at once restores everything, in any states of the two', async () => {
  const states = ['open', 'replied', 'resolved', 'closed'] as const;
  for (const ofPart of states) {
    for (const ofWhole of states.filter((state) => state !== 'closed')) {
      const part = await ticketIn(ofPart, acme, agent, { files: [await uploadOf(acme)] });
      const whole = await ticketIn(ofWhole, acme, agent);
      await response(part.number, { internal: true });
      if (part.response) await done(acme.post(`/support/comments/${part.response}/vote`, { score: 1 }));
      if (ofPart === 'closed') await done(acme.post(`/support/tickets/${part.number}/vote`, { score: 4 }));
      if (ofWhole === 'resolved')
        await done(acme.post(`/support/tickets/${whole.number}/vote`, { score: 9 }));
      const before = await stored(part.number, whole.number);
      await done(merge(part.number, whole.number));
      await done(unmerge(part.number));
      assert.deepEqual(await stored(part.number, whole.number), before, `${ofPart} into ${ofWhole}`);
    }
  }
});

test('what was written after the merge stays where it was written', async () => {
  const [part, whole] = [await open({ comment_body: 'In one' }), await open({ comment_body: 'In two' })];
  await done(merge(part, whole));
  await write(whole, 'Since');
  await response(part, { body: 'A note', internal: true });
  await done(unmerge(part));
  assert.deepEqual(await bodiesOf(part), ['In one']);
  assert.deepEqual(await bodiesOf(whole), ['In two', 'Since']);
  const { comments } = (await agent.get(`/staff/tickets/${part}`)).body;
  assert.deepEqual(
    comments.map(({ body }: { body: string }) => body),
    ['In one', 'A note'],
  );
  await write(part, 'And on');
});

test('a client who waits for a reply waits in the target, and no longer once it is unmerged', async () => {
  const part = await open();
  const { number: whole } = await ticketIn('resolved', acme, agent);
  await done(acme.post(`/support/tickets/${whole}/vote`, { score: 2 }));
  await done(merge(part, whole));
  const { status_key, vote } = await found(whole);
  assert.deepEqual([status_key, vote], ['in_progress', null]);
  await done(unmerge(part));
  assert.deepEqual([(await found(whole)).status_key, (await found(whole)).vote.score], ['resolved', 2]);
  assert.equal((await found(part)).status_key, 'new');

  await done(merge(part, whole));
  await response(whole, { status_key: 'in_progress' });
  await done(unmerge(part));
  assert.equal((await found(whole)).status_key, 'in_progress', 'support has said so since');
});

test('read marks, files and votes move and come back', async () => {
  const part = await open({ files: [await uploadOf(acme)] });
  const whole = await open();
  const id = await response(part);
  await done(merge(part, whole));
  assert.equal((await found(whole)).is_client_read, false);
  assert.equal((await found(part)).is_client_read, true, 'there is nothing to read there');
  await done(acme.get(`/support/tickets/${part}/comments`));
  assert.equal((await found(whole)).is_client_read, false);
  await done(acme.get(`/support/tickets/${whole}/comments`));
  await done(acme.post(`/support/comments/${id}/vote`, { score: -1 }));
  const [{ files }] = await commentsOf(whole);
  await done(acme.get(`/files/public/files/${files[0].uuid}/content`));

  await done(unmerge(part));
  const [first, second] = await commentsOf(part);
  assert.deepEqual(first.files, files);
  assert.deepEqual([second.id, second.is_client_read, second.vote.score], [id, true, -1]);
  const votes = await instance.query('select ticket_number from votes where comment_id = $1', [id]);
  assert.deepEqual(votes, [{ ticket_number: part }]);
});

test('search words follow the comments, for the client at once and for staff', async () => {
  const part = await open({ summary: 'Ocelot', comment_body: 'Narwhal' });
  const whole = await open();
  const finders = {
    client: async (q: string) => (await acme.get(`/support/tickets?q=${q}`)).body.items,
    staff: async (q: string) => (await agent.get(`/staff/tickets?q=${q}`)).body.items,
  };
  const finds = (q: string, expected: number[]) =>
    eventually(async () => {
      for (const find of Object.values(finders)) {
        const numbers = (await find(q)).map(({ number }: { number: number }) => number);
        if (numbers.join() !== expected.join()) return false;
      }
      return true;
    });
  await done(merge(part, whole));
  await finds('narwhal', [whole]);
  await finds('ocelot', [part]);
  await finds(String(part), [part]);
  await done(unmerge(part));
  await finds('narwhal', [part]);
});

test('tickets can be merged in a chain, and each is unmerged by itself', async () => {
  const [one, two, three] = [
    await open({ comment_body: '1' }),
    await open({ comment_body: '2' }),
    await open({ comment_body: '3' }),
  ];
  await done(merge(one, two));
  await done(merge(two, three));
  assert.deepEqual(await bodiesOf(three), ['1', '2', '3']);
  await done(unmerge(one));
  assert.deepEqual([await bodiesOf(one), await bodiesOf(three)], [['1'], ['2', '3']]);
  await done(merge(one, three));
  await done(unmerge(two));
  await done(unmerge(one));
  for (const [number, body] of [
    [one, '1'],
    [two, '2'],
    [three, '3'],
  ] as const)
    assert.deepEqual(await bodiesOf(number), [body]);
});

test('a ticket is restored together with what was merged into it', async () => {
  const [one, two, three] = [await open({ comment_body: '1' }), await open(), await open()];
  await done(merge(one, two));
  await done(merge(two, three));
  await done(unmerge(two));
  assert.deepEqual([await bodiesOf(two), await bodiesOf(three)], [['1', 'Help'], ['Help']]);
  await done(unmerge(one));
  assert.deepEqual([await bodiesOf(one), await bodiesOf(two)], [['1'], ['Help']]);
});

test('merging in a circle, into nothing or across accounts is refused', async () => {
  const [one, two] = [await open(), await open()];
  const foreign = await ticketIn('open', stranger, agent);
  const { number: closed } = await ticketIn('closed', acme, agent);
  const refused = async (response: () => Promise<Response>, status: number, code: string) =>
    assertProblem(await storingNothing(instance, response), status, code);
  await refused(() => merge(one, one), 409, 'merged_into_itself');
  await refused(() => merge(one, foreign.number), 404, 'ticket_not_found');
  await refused(() => merge(foreign.number, one), 404, 'ticket_not_found');
  await refused(() => merge(one, 999_999_999), 404, 'ticket_not_found');
  await refused(() => merge(one, closed), 409, 'ticket_closed');
  await refused(() => unmerge(one), 409, 'ticket_not_merged');
  await done(merge(one, two));
  await refused(() => merge(two, one), 409, 'ticket_merged');
  await refused(() => merge(one, two), 409, 'ticket_merged');
  await refused(() => merge(closed, one), 409, 'ticket_merged');
  for (const verb of ['resolve', 'close', 'reopen']) {
    await refused(() => agent.post(`/staff/tickets/${one}/${verb}`), 409, 'ticket_merged');
  }
  await refused(() => acme.post(`/support/tickets/${one}/close`), 409, 'ticket_merged');
  await refused(() => acme.post(`/support/tickets/${one}/reopen`, { body: 'Again' }), 409, 'ticket_merged');
  await refused(() => acme.post(`/support/tickets/${one}/comments`, { body: 'More' }), 409, 'ticket_merged');
  await done(merge(closed, two));
});

test('after seven days a merge cannot be undone', async () => {
  const [part, whole] = [await open(), await open()];
  await done(merge(part, whole));
  await instance.query(
    "update tickets set merged_at = now() - interval '7 days 1 second' where number = $1",
    [part],
  );
  assertProblem(await storingNothing(instance, () => unmerge(part)), 409, 'too_late_to_undo');
  await instance.query(
    "update tickets set merged_at = now() - interval '6 days 23 hours' where number = $1",
    [part],
  );
  await done(unmerge(part));
});

test('a comment that was split off moves and keeps its reference', async () => {
  const [part, whole] = [await open(), await open()];
  const id = await write(part);
  const { number: target } = (await done(split(part, [id]))).body;
  await done(merge(part, whole));
  const moved = (await commentsOf(whole)).find((comment: { id: number }) => comment.id === id);
  assert.equal(moved.splitted_to_ticket_number, target);
  assertProblem(await agent.post(`/staff/tickets/${target}/unsplit`), 409, 'ticket_merged');
  await done(unmerge(part));
  await done(agent.post(`/staff/tickets/${target}/unsplit`));
});

test('unmerging also restores comments that were not moved because the target had their copies', async () => {
  const [part, whole] = [await open(), await open()];
  const said = await write(part, 'Said first');
  await done(merge(part, whole));
  const aside = (await done(split(whole, [said]))).body.number;
  await done(merge(whole, aside));
  await done(unmerge(part));
  const [original] = await instance.query(
    'select ticket_number, merged_from_ticket_number from comments where id = $1',
    [said],
  );
  assert.deepEqual(original, { ticket_number: part, merged_from_ticket_number: null });
  assert.ok((await bodiesOf(aside)).includes('Said first'), 'the copy stays where it is');
});

test('a writer who has read before the merge is shown the merged comments', async () => {
  const [part, whole] = [await open({ comment_body: 'Elsewhere' }), await open()];
  const { etag } = (await acme.get(`/support/tickets/${whole}`)).headers;
  await done(merge(part, whole));
  const refused = await acme.post(
    `/support/tickets/${whole}/comments`,
    { body: 'More' },
    { 'if-match': String(etag) },
  );
  assertProblem(refused, 412, 'changed_meanwhile');
  assert.deepEqual(
    refused.body.comments.map(({ body }: { body: string }) => body),
    ['Elsewhere'],
  );
});
