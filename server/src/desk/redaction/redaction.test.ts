import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen, openReader } from '#test/sse.ts';
import { done, ticketIn, uploadOf } from '#test/tickets.ts';
import { tracesOf } from '#test/traces.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const stranger = await instance.client('stranger');
const [agent, other, admin] = [
  await instance.staff('agent', 'Anna Petrova'),
  await instance.staff('agent', 'Boris Ivanov'),
  await instance.staff('admin', 'Elena Markova'),
];

let secrets = 0;
const newSecret = () => `hunterpassword${++secrets}x`;

const comments = async (number: number, who = acme) =>
  (await done(who.get(`/support/tickets/${number}/comments`, { prefer: 'read-receipt=none' }))).body.items;
const redact = (who: Caller, id: number) =>
  who.post(`/${who.accountId ? 'support' : 'staff'}/comments/${id}/redact`);
const redactFile = (who: Caller, uuid: string) =>
  who.post(`/${who.accountId ? 'files/public' : 'staff'}/files/${uuid}/redact`);

/** A client's comment with this text, sent with an Idempotency-Key. */
async function say(number: number, body: string, more: object = {}) {
  const key = { 'idempotency-key': `retry-${number}` };
  const sent = await done(acme.post(`/support/tickets/${number}/comments`, { body, ...more }, key));
  return sent.body as { id: number; files: Array<{ uuid: string }> };
}

test('a redacted text is in no table and no file, wherever it was copied, saved or indexed', async () => {
  const secret = newSecret();
  const { number } = await ticketIn('replied', acme, agent);
  const file = await uploadOf(acme, `${secret}.txt`);
  await done(acme.post('/support/tickets', { summary: 'Another', comment_body: 'Other' }));
  const { id } = await say(number, `My password is ${secret}`, { files: [file] });
  await done(agent.put(`/staff/tickets/${number}/draft`, { body: `> My password is ${secret}\nTry` }));
  const split = { comment_ids: [id], summary: 'Access' };
  const { body: part } = await done(agent.post(`/staff/tickets/${number}/split`, split));
  const { number: into } = await ticketIn('open', acme, agent);
  await done(agent.post(`/staff/tickets/${part.number}/merge`, { into }));
  const before = await tracesOf(instance, secret);
  for (const table of ['comments', 'files', 'drafts', 'search_texts', 'idempotency_keys'])
    assert.ok(before.includes(`public.${table}`), `${table} of ${before}`);

  const { body } = await done(redact(admin, id));
  assert.deepEqual(await tracesOf(instance, secret), []);
  assert.match(body.body, /^\[Removed by Elena Markova on \d{4}-\d\d-\d\d \d\d:\d\d UTC\]$/);
  assert.deepEqual([body.redacted_by, body.files, body.redacted_files.length], ['Elena Markova', [], 1]);
  assert.ok(body.redacted_at);
  const copy = (await comments(into)).find((one: { redacted_at: string | null }) => one.redacted_at);
  assert.equal(copy.body, body.body, 'the copy says the same');
  assert.deepEqual(await tracesOf(instance, secret), [], 'also once the index has followed');
  const key = { 'idempotency-key': `retry-${number}` };
  const again = { body: `My password is ${secret}`, files: [file] };
  const replayed = await done(acme.post(`/support/tickets/${number}/comments`, again, key));
  assert.deepEqual([replayed.body.id, replayed.body.body, replayed.body.files], [id, body.body, []]);
  assert.equal((await acme.get(`/support/tickets?q=${secret}`)).body.item_count, 0);
  const found = await agent.get('/staff/tickets?q=Other&limit=5');
  assert.ok(found.body.items.length > 0, 'other words are found as before');
});

test('a redaction changes the version for those who see the comment, and reaches streams', async () => {
  const { number } = await ticketIn('replied', acme, agent);
  const { id } = await say(number, newSecret());
  const [ticket, list] = [`/support/tickets/${number}`, `/support/tickets/${number}/comments`];
  const before = [await acme.get(ticket), await acme.get(list)].map(({ headers }) => String(headers.etag));
  const address = await listen(instance);
  const stream = await openReader(`${address}/support/events`, acme.token);
  await done(redact(acme, id));
  const [{ event, data } = assert.fail('nothing was told')] = await stream.until(1);
  assert.deepEqual(
    [event, data.comment.id, data.comment.redacted_by],
    ['comment.redacted', id, 'The acme company'],
  );
  stream.close();
  for (const [i, url] of [ticket, list].entries()) {
    assert.equal((await acme.get(url, { 'if-none-match': before[i] ?? '' })).status, 200, url);
  }
  assert.match((await comments(number)).at(-1).body, /^\[Removed by The acme company on /);
});

test('redacting a note shows nothing to the client', async () => {
  const secret = newSecret();
  const { number } = await ticketIn('replied', acme, agent);
  const note = { body: secret, internal: true, files: [await uploadOf(agent)] };
  const { body } = await done(agent.post(`/staff/tickets/${number}/comments`, note));
  const before = await acme.get(`/support/tickets/${number}`);
  await done(redact(agent, body.id));
  const after = await acme.get(`/support/tickets/${number}`);
  assert.deepEqual([after.text, after.headers.etag], [before.text, before.headers.etag]);
  const events = await instance.query(
    'select type, is_client_visible from events where comment_id = $1 order by id desc limit 1',
    [body.id],
  );
  assert.deepEqual(events, [{ type: 'note.redacted', is_client_visible: false }]);
  assert.deepEqual(await tracesOf(instance, secret), []);
});

test('the author can redact a comment for 15 minutes, an admin at any time, and nobody else', async () => {
  const { number, response } = await ticketIn('replied', acme, agent);
  const { id } = await say(number, newSecret());
  for (const [who, what] of [
    [acme, response],
    [other, response],
    [agent, id],
  ] as const) {
    assertProblem(await storingNothing(instance, () => redact(who, what)), 409, 'not_the_author');
  }
  assertProblem(await storingNothing(instance, () => redact(stranger, id)), 404, 'comment_not_found');
  await instance.query(`update comments set sent_at = sent_at - interval '16 minutes' where id in ($1, $2)`, [
    id,
    response,
  ]);
  assertProblem(await storingNothing(instance, () => redact(acme, id)), 409, 'too_late_to_redact');
  assertProblem(await storingNothing(instance, () => redact(agent, response)), 409, 'too_late_to_redact');
  await done(redact(admin, response));
  await done(redact(admin, id));
  assertProblem(await storingNothing(instance, () => redact(admin, id)), 409, 'already_redacted');
});

test('a single file is redacted: its bytes and its name are gone, the text stays', async () => {
  const secret = newSecret();
  const { number } = await ticketIn('replied', acme, agent);
  const upload = await done(acme.upload(`${secret}.txt`, `the ${secret}`, { 'idempotency-key': 'upload' }));
  const kept = await uploadOf(acme, 'kept.txt');
  const { id } = await say(number, 'See the files', { files: [upload.body.uuid, kept] });
  await done(agent.post(`/staff/tickets/${number}/split`, { comment_ids: [id], summary: 'Files' }));
  const { body } = await done(redactFile(acme, upload.body.uuid));
  assert.deepEqual(await tracesOf(instance, secret), []);
  assert.equal(body.comment.body, 'See the files');
  assert.deepEqual(
    body.comment.files.map(({ uuid }: { uuid: string }) => uuid),
    [kept],
  );
  assert.deepEqual(body.comment.redacted_files, [
    { redacted_at: body.redacted_at, redacted_by: 'The acme company' },
  ]);
  assertProblem(await acme.get(`/files/public/files/${upload.body.uuid}`), 404, 'file_not_found');
  assertProblem(await redactFile(acme, upload.body.uuid), 404, 'file_not_found');
  const types = await instance.query<{ type: string }>(
    `select type from events where type = 'file.redacted' and account_id = $1`,
    [acme.accountId],
  );
  assert.equal(types.length, 2, 'one for the comment, one for its copy');
});

test('an unattached upload can be redacted by its own side', async () => {
  const secret = newSecret();
  const [ofClient, ofAgent] = [await uploadOf(acme, `${secret}.txt`), await uploadOf(agent, `${secret}.txt`)];
  assertProblem(await storingNothing(instance, () => redactFile(stranger, ofClient)), 404, 'file_not_found');
  assertProblem(await storingNothing(instance, () => redactFile(other, ofAgent)), 409, 'not_the_author');
  assert.equal((await done(redactFile(acme, ofClient))).body.comment, null);
  await done(redactFile(agent, ofAgent));
  assert.deepEqual(await tracesOf(instance, secret), []);
});

test('a comment split off after a redaction is marked as redacted', async () => {
  const { number } = await ticketIn('replied', acme, agent);
  const { id } = await say(number, newSecret(), { files: [await uploadOf(acme)] });
  const { body } = await done(redact(acme, id));
  const split = { comment_ids: [id], summary: 'Rest' };
  const { number: part } = (await done(agent.post(`/staff/tickets/${number}/split`, split))).body;
  const [copy] = await comments(part);
  for (const field of ['body', 'redacted_at', 'redacted_by', 'redacted_files'])
    assert.deepEqual(copy[field], body[field], field);
});
