import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { guestAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn, uploadOf } from '#test/tickets.ts';
import { tracesOf } from '#test/traces.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const agent = await instance.staff('agent', 'Anna Petrova');
const admin = await instance.staff('admin', 'Elena Markova');
const run = async (on = instance) => createTasks(on)['erasures.run']?.({}, {} as never); // the job does not use its helpers
const erase = ({ accountId }: Caller, input: object = {}) =>
  admin.post(`/staff/accounts/${accountId}/erase`, input);
const report = async (id: number) => (await done(admin.get(`/staff/erasures/${id}`))).body;

/** Gives this client one of everything, each with the word in it. */
async function furnish(client: Caller, word: string) {
  await instance.query('update accounts set name = $1, email = $2, note = $1 where account_id = $3', [
    word,
    `${word}@clients.example`,
    client.accountId,
  ]);
  for (let i = 0; i < 3; i++) {
    const upload = await done(client.upload(`${word}.txt`, word, { 'idempotency-key': `upload-${i}` }));
    const { number, response } = await ticketIn('replied', client, agent, {
      summary: `About ${word}`,
      comment_body: `It is ${word}`,
      client_aliased_name: word,
      client_emails: [`${word}@clients.example`],
      files: [upload.body.uuid],
    });
    await done(client.post(`/support/comments/${response}/vote`, { score: 1 }));
    await done(
      agent.post(`/staff/tickets/${number}/comments`, { body: `A note on ${word}`, internal: true }),
    );
    await done(agent.post(`/staff/tickets/${number}/delayed-replies`, { body: word, delay_seconds: 60 }));
    await done(
      agent.post(
        `/staff/tickets/${number}/comments`,
        { body: `For ${word}` },
        { 'idempotency-key': `k${number}` },
      ),
    );
    await done(agent.put(`/staff/tickets/${number}/draft`, { body: word }));
  }
  await uploadOf(client, `${word}.txt`);
}

test('an erased account is in no table and no file, and a report says what was removed', async () => {
  const [gone, kept] = [await instance.client('gonecorp'), await instance.client('keptcorp')];
  await furnish(gone, 'zebrafish');
  await furnish(kept, 'quokka');
  const { number } = await ticketIn('open', gone, agent, {
    client_aliased_name: 'Ivan',
    client_emails: ['zebrafish@mail.example'],
  });
  await done(admin.post(`/staff/tickets/${number}/move`, { account_id: kept.accountId }));
  const before = await tracesOf(instance, 'quokka');
  const { body: asked } = await done(erase(gone));
  assert.deepEqual([asked.kind, asked.finished_at], ['account', null]);
  assertProblem(await gone.get('/support/tickets'), 401, 'unauthorized');
  assertProblem(await erase(gone), 409, 'erasure_in_progress');
  await run();
  for (const word of ['zebrafish', 'gonecorp']) assert.deepEqual(await tracesOf(instance, word), [], word);
  assert.deepEqual(await tracesOf(instance, 'quokka'), before, 'nothing of another account is touched');
  const { removed, finished_at } = await report(asked.erasure_id);
  assert.ok(finished_at);
  assert.deepEqual(
    { ...removed, events: 0 },
    {
      ...{ tokens: 1, tickets: 3, comments: 12, files: 3, votes: 3, drafts: 3, delayed_replies: 3 },
      ...{ events: 0, uploads: 1, accounts: 1 },
    },
  );
  assertProblem(await admin.get(`/staff/accounts/${gone.accountId}`), 404, 'account_not_found');
  const events = await instance.query(
    `select type, staff_id from events where type like 'erasure.%' order by id`,
  );
  assert.deepEqual(
    events.map(({ type }) => type),
    ['erasure.requested', 'erasure.finished'],
  );
  const again = await instance.client('gonecorp');
  assert.equal(
    (await done(again.get('/support/tickets'))).body.item_count,
    0,
    'the name is free for a new account',
  );
});

test('an interrupted erasure continues where it stopped', async () => {
  const gone = await instance.client('halfcorp');
  await furnish(gone, 'tapir');
  for (let i = 0; i < 25; i++) await ticketIn('open', gone, agent);
  const { body } = await done(erase(gone));
  // Interrupted after the first transaction, before the bytes of its files are removed.
  const files = { ...instance.files, remove: () => Promise.resolve() };
  const database = {
    ...instance.database,
    transact: failingAfter(1, instance.database.transact),
  };
  await assert.rejects(
    async () => createTasks({ database, files })['erasures.run']?.({}, {} as never),
    /killed/,
  );
  const half = await report(body.erasure_id);
  assert.deepEqual([half.finished_at, half.removed.tickets], [null, 20]);
  await run();
  const { removed, finished_at } = await report(body.erasure_id);
  assert.ok(finished_at);
  assert.equal(removed.tickets, 28, 'each is counted once');
  const rows = await instance.query('select from tickets where account_id = $1', [gone.accountId]);
  assert.equal(rows.length, 0);
});

function failingAfter(count: number, transact: typeof instance.database.transact): typeof transact {
  let left = count;
  return async (work) => {
    if (left-- === 0) throw new Error('killed');
    return transact(work);
  };
}

test('an erased person leaves no name, address or text; the ticket and what others wrote stay', async () => {
  const guest = await guestAt(instance);
  const [person] = await instance.query<{ account_id: number; user_id: string }>(
    'select account_id, user_id from client_sessions order by session_id desc limit 1',
  );
  if (!person) assert.fail('nobody is signed in');
  const { account_id, user_id } = person;
  const name = 'Zinaida Okapi';
  const email = 'zinaida@okapi.example';
  const { accountId } = await instance.client('another');
  await instance.query('update contacts set name = $1, email = $2 where account_id = $3 and user_id = $4', [
    name,
    email,
    account_id,
    user_id,
  ]);
  const uuid = (await done(guest.upload('okapifile.txt', 'okapibytes'))).body.uuid;
  const ticket = {
    summary: 'okapisummary',
    comment_body: 'okapitext',
    client_aliased_name: name,
    client_emails: [email],
    files: [uuid],
  };
  const { number } = (await done(guest.post('/support/tickets', ticket, { 'idempotency-key': 'one' }))).body;
  await done(
    guest.post(`/support/tickets/${number}/comments`, { body: 'okapimore' }, { 'idempotency-key': 'two' }),
  );
  const { body: response } = await done(
    agent.post(`/staff/tickets/${number}/comments`, { body: 'A response that stays' }),
  );
  await done(guest.post(`/support/comments/${response.id}/vote`, { score: -1, comment: 'okapicommentvote' }));
  await done(guest.patch(`/support/tickets/${number}`, { client_emails: [email, 'b@other.example'] }));
  const vote = { score: 5, comment: 'okapivote' };
  await done(guest.post(`/support/tickets/${number}/close`, vote));
  const elsewhere = {
    summary: 'Plain',
    comment_body: 'Plain',
    client_emails: [email],
    client_aliased_name: 'Ivan',
  };
  const moved = (await done(guest.post('/support/tickets', elsewhere))).body.number;
  await done(admin.post(`/staff/tickets/${moved}/move`, { account_id: accountId }));
  const notice = { account_id, summary: 'Plain', comment_body: 'Plain' };
  const from = (await done(admin.post('/staff/tickets', { ...notice, client_emails: [email] }))).body.number;
  const into = (await done(admin.post('/staff/tickets', notice))).body.number;
  await done(admin.post(`/staff/tickets/${from}/merge`, { into })); // what the merge moved is saved for undoing it
  const url = `/staff/accounts/${account_id}/erase`;
  const { body: asked } = await done(admin.post(url, { user_id }));
  assertProblem(await guest.get('/support/tickets'), 401, 'unauthorized');
  await run();
  for (const word of ['okapi', 'Zinaida', 'zinaida'])
    assert.deepEqual(await tracesOf(instance, word), [], word);
  const kept = await instance.query<{ people: string }>(
    `select data ->> 'people' as people from events where type = 'ticket.moved' and ticket_number = $1`,
    [moved],
  );
  assert.doesNotMatch(kept[0]?.people ?? '', new RegExp(`"${user_id}"$|: "${user_id}"`));
  const { comments, client_emails, summary } = (await done(agent.get(`/staff/tickets/${number}`))).body;
  assert.deepEqual(
    comments.map(({ body, author_name }: { body: string; author_name: string | null }) => [
      body.replace(/ on \S+ \S+ UTC/, ''),
      author_name,
    ]),
    [
      ['[Removed on request]', null],
      ['[Removed on request]', null],
      ['A response that stays', 'Anna Petrova'],
    ],
  );
  assert.deepEqual(client_emails, ['b@other.example']);
  assert.match(summary, /^\[Removed on request/);
  const { removed, user_id: named, finished_at } = await report(asked.erasure_id);
  assert.ok(finished_at);
  assert.deepEqual(
    [named, removed.comments, removed.files, removed.summaries, removed.people],
    [null, 2, 1, 1, 1],
  );
  assertProblem(await admin.post(url, { user_id }), 404, 'person_not_found');
});

test('only an admin can erase, and only what exists', async () => {
  const client = await instance.client('staying');
  await storingNothing(instance, async () => {
    assertProblem(await agent.post(`/staff/accounts/${client.accountId}/erase`, {}), 403, 'forbidden');
    assertProblem(await admin.post('/staff/accounts/999999/erase', {}), 404, 'account_not_found');
    assertProblem(await erase(client, { user_id: 'nobody' }), 404, 'person_not_found');
    assertProblem(await admin.get('/staff/erasures/999999'), 404, 'erasure_not_found');
  });
});
