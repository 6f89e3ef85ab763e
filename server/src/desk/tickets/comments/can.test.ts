/** Compares `can` of a comment with the response to each action, for everybody who reads it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { guestAt, newPerson } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, olga] = [await guestAt(instance), await guestAt(instance, 'acme', newPerson())];
const [agent, other] = [
  await instance.staff('agent', 'Anna Petrova'),
  await instance.staff('agent', 'Boris'),
];
const admin = await instance.staff('admin');
/** Two members may have the same name: rights never come from it. */
const namesake = await instance.staff('agent', 'Anna Petrova');

type Can = Record<string, boolean>;
interface Shown {
  id: number;
  can: Can;
}

const isClient = (who: Caller) => who.accountId !== 0;
const listOf = async (who: Caller, number: number): Promise<Shown[]> => {
  const path = isClient(who) ? `/support/tickets/${number}/comments` : `/staff/tickets/${number}/comments`;
  return (await done(who.get(path))).body.items;
};
const canOf = async (who: Caller, number: number, id: number): Promise<Can> => {
  const comment = (await listOf(who, number)).find((one) => one.id === id);
  return comment?.can ?? assert.fail(`${id} is not listed`);
};
const redact = (who: Caller, id: number) =>
  who.post(`/${isClient(who) ? 'support' : 'staff'}/comments/${id}/redact`);
const age = (id: number) =>
  instance.query(`update comments set sent_at = sent_at - interval '16 minutes' where id = $1`, [id]);

/** A ticket with a comment of each kind. */
async function conversation() {
  const { number, response: reply } = await ticketIn('replied', acme, agent);
  const say = async (who: Caller, body: object): Promise<number> =>
    (await done(who.post(`/${isClient(who) ? 'support' : 'staff'}/tickets/${number}/comments`, body))).body
      .id;
  const note = await say(agent, { body: 'He means sdb', internal: true });
  const byGuest = await say(anna, { body: 'It is sdb' });
  return { number, reply, note, byGuest, byKey: await say(acme, { body: 'Done' }) };
}

const readers = { acme, anna, olga, agent, namesake, other, admin };

test('whoever can redact a comment is told so, and nobody else', async () => {
  for (const kind of ['reply', 'note', 'byGuest', 'byKey'] as const) {
    for (const [name, who] of Object.entries(readers)) {
      if (kind === 'note' && isClient(who)) continue;
      for (const isOld of [false, true]) {
        const { number, ...ids } = await conversation();
        if (isOld) await age(ids[kind]);
        const what = `${name}, ${kind}${isOld ? ' that is old' : ''}`;
        const { redact: can } = await canOf(who, number, ids[kind]);
        const { status, body } = await redact(who, ids[kind]);
        assert.equal(status, can ? 200 : 409, what);
        if (can) assert.equal(body.can.redact, false, `${what}, after it`);
      }
    }
  }
});

test('a client can vote on the comments of support, and is told so', async () => {
  const { number, ...ids } = await conversation();
  for (const id of [ids.reply, ids.byGuest]) {
    const { vote } = await canOf(acme, number, id);
    const { status } = await acme.post(`/support/comments/${id}/vote`, { score: 1 });
    assert.equal(status, vote ? 200 : 409, String(id));
  }
  assert.deepEqual(Object.keys(await canOf(agent, number, ids.reply)), ['redact'], 'only clients vote');
});

test('wherever a comment is read, it has the same `can`', async () => {
  const { number, reply, byKey } = await conversation();
  const can = await canOf(agent, number, reply);
  assert.deepEqual(can, { redact: true });
  const opened = (await done(agent.get(`/staff/tickets/${number}`))).body.comments;
  assert.deepEqual(opened.find(({ id }: Shown) => id === reply).can, can);
  const feed = (await done(agent.get('/staff/events?limit=500'))).body.items;
  const told = feed.find(({ comment }: { comment: Shown | null }) => comment?.id === reply);
  assert.deepEqual(told.comment.can, can);
  const stale = { body: 'And?', last_comment_id: reply };
  const missed = await agent.post(`/staff/tickets/${number}/comments`, stale);
  assert.equal(missed.status, 412);
  assert.deepEqual(missed.body.comments.at(-1).can, { redact: false });
  const alone = (await done(acme.get(`/support/comments/${byKey}`))).body;
  assert.deepEqual(alone.can, { redact: true, vote: false });
});

test('the ETag of a list changes when its author can no longer redact a comment', async () => {
  for (const body of ['Short', 'Long '.repeat(9000)]) {
    const { number } = await ticketIn('open', acme, agent);
    const path = `/support/tickets/${number}/comments`;
    for (let i = 0; i < (body === 'Short' ? 1 : 30); i++) await done(acme.post(path, { body }));
    const [first] = await listOf(acme, number);
    const tag = String((await acme.get(path)).headers.etag);
    assert.equal((await acme.get(path, { 'if-none-match': tag })).status, 304);
    await age(first?.id ?? 0);
    assert.equal((await acme.get(path, { 'if-none-match': tag })).status, 200, body.slice(0, 5));
  }
});
