/** Every verb records exactly its event, in its own transaction, and none when it did nothing. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import Value from 'typebox/value';
import { closeTicket } from '#desk/tickets/close.ts';
import type { Response } from '#test/caller.ts';
import { guestAt, signInLinkAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { newCannedResponse, thingVerbs } from '#test/things.ts';
import { type EventType, eventTypes, isClientVisible, isTicketEvent, typesWhere } from './types.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const admin = await instance.staff('admin');
const service = await instance.service();
const guest = await guestAt(instance);

interface Row {
  id: number;
  type: EventType;
  account_id: number;
  is_client_visible: boolean;
  ticket_number: number | null;
  comment_id: number | null;
  actor_kind: string;
  token_id: number | null;
  user_id: string | null;
  data: Record<string, unknown> | null;
}

let seen = 0;

/** Events recorded since the last call. */
async function fresh(): Promise<Row[]> {
  const rows = await instance.query<Row>('select * from events where id > $1 order by id', [seen]);
  seen = rows.at(-1)?.id ?? seen;
  return rows;
}

async function recordedBy(work: () => Promise<Response>): Promise<{ response: Response; events: Row[] }> {
  await fresh();
  const response = await work();
  return { response, events: await fresh() };
}

const types = (events: Row[]) => events.map(({ type }) => type);
const newTicket = { summary: 'Disk full', comment_body: 'Help' };
const t = (number: number, verb = '') => `/support/tickets/${number}${verb}`;
const s = (number: number, verb = '') => `/staff/tickets/${number}${verb}`;

/** A ticket in the state that a verb needs, and a reply of staff on it. */
interface Ready {
  number: number;
  comment: number;
}

async function open(): Promise<Ready> {
  return { number: (await acme.post('/support/tickets', newTicket)).body.number, comment: 0 };
}

async function votedOn(): Promise<Ready> {
  const ready = await replied();
  await acme.post(`/support/comments/${ready.comment}/vote`, { score: 1 });
  return ready;
}

async function replied(): Promise<Ready> {
  const { number } = await open();
  return { number, comment: (await agent.post(s(number, '/comments'), { body: 'Done' })).body.id };
}

async function closed(): Promise<Ready> {
  const ready = await replied();
  await acme.post(t(ready.number, '/close'));
  return ready;
}

async function splitOff(): Promise<Ready> {
  const { number, comment } = await replied();
  const split = { comment_ids: [comment], summary: 'More' };
  return { number: (await agent.post(s(number, '/split'), split)).body.number, comment: 0 };
}

async function merged(): Promise<Ready> {
  const [part, whole] = [await open(), await open()];
  await agent.post(s(part.number, '/merge'), { into: whole.number });
  return part;
}

async function snoozed(): Promise<Ready> {
  const ready = await open();
  await agent.post(s(ready.number, '/snooze'), { until_reply: true });
  return ready;
}

async function drafted(): Promise<Ready> {
  const ready = await open();
  await agent.put(s(ready.number, '/draft'), { body: 'Try' });
  return ready;
}

async function noted(): Promise<Ready> {
  const { number } = await open();
  const note = { body: 'Look', internal: true };
  return { number, comment: (await agent.post(s(number, '/comments'), note)).body.id };
}

let accounts = 0;

async function newAccount(): Promise<number> {
  const url = `/staff/accounts/by-external-id/another-${++accounts}`;
  return (await admin.put(url, { name: 'Another' })).body.account_id;
}

/** A file of a new ticket whose events are skipped. */
async function sentFile(): Promise<string> {
  const { uuid } = (await acme.upload('a.txt', 'a line')).body;
  await acme.post('/support/tickets', { ...newTicket, files: [uuid] });
  return uuid;
}

/** The latest delayed reply. */
const lastDelayedReply = async () =>
  (await instance.query('select max(delayed_reply_id) from delayed_replies'))[0]?.max;

const inBulk = (number: number, work: object) =>
  agent.post('/staff/bulk', { ticket_numbers: [number], ...work });

/** `comment` is the bulk's id. */
async function closedInBulk(): Promise<Ready> {
  const { number } = await replied();
  return { number, comment: (await inBulk(number, { action: 'close' })).body.bulk_id };
}

/** The latest view. */
const view = async () => (await agent.get('/staff/views')).body.items.at(-1).view_id;

async function tagged(): Promise<Ready> {
  const ready = await open();
  await agent.patch(s(ready.number), { tags: ['vip'] });
  return ready;
}

const sessions = `/staff/accounts/${acme.accountId}/sessions`;
const person = { user: { id: '7', name: 'Ivan' } };
const hostKey = { name: 'a', algorithm: 'HS256', kid: 'a' };
const code = await signInLinkAt(instance);
await instance.query("update sign_in_links set expires_at = now() + interval '1 hour'");

type Verb = (ready: Ready) => Promise<Response>;
const resolving = { body: 'Done', status_key: 'resolved' };
const inTwo = { en: 'Mail', ru: 'Почта' };
const { tokenId } = await instance.client();

const invitee = { email: 'new@host.example', name: 'New', role: 'agent' };
/** The path of the member who was invited last. */
const teamMember = async () =>
  `/staff/members/${(await admin.get('/staff/members')).body.items.at(-1).staff_id}`;

/**
 * Recorded for people without a token; tested in people/staff/sessions/sign-in.test.ts,
 * people/staff/invitations.test.ts and others.
 */
const byPeople = [
  'second_factor.disabled',
  'second_factor.enabled',
  'session.ended',
  'session.opened',
  'session.refused',
  'staff.accepted',
  'staff.linked',
  'staff.password_changed',
];

/** Recorded around failing followers; tested in set-aside-events/set-aside-events.test.ts. */
const byFollowers = ['event.set_aside', 'event.retried', 'event.dismissed'];

type Case = [expected: string, work: Verb, prepare: () => Promise<Ready>];

/** The expected events, the action, and the ticket it is done to. */
const verbs: Case[] = [
  ['ticket.opened', () => acme.post('/support/tickets', newTicket), open],
  ['ticket.opened', () => agent.post('/staff/tickets', { ...newTicket, account_id: acme.accountId }), open],
  ['ticket.changed', ({ number }) => acme.patch(t(number), { client_aliased_name: 'Ivan' }), open],
  ['ticket.changed', ({ number }) => agent.patch(s(number), { summary: 'Disk of vps-18 full' }), open],
  ['ticket.triaged', ({ number }) => agent.patch(s(number), { priority: 'high' }), open],
  ['ticket.triaged ticket.changed', ({ number }) => agent.patch(s(number), { tags: ['a'], type: 'b' }), open],
  ['draft.started', ({ number }) => agent.put(s(number, '/draft'), { body: 'Try' }), open],
  ['', ({ number }) => agent.put(s(number, '/draft'), { body: 'Try this' }), drafted],
  ['draft.discarded', ({ number }) => agent.delete(s(number, '/draft')), drafted],
  [
    'delayed_reply.scheduled',
    ({ number }) => agent.post(s(number, '/delayed-replies'), { body: 'Done' }),
    open,
  ],
  [
    'delayed_reply.cancelled',
    async () => agent.delete(`/staff/delayed-replies/${await lastDelayedReply()}`),
    open,
  ],
  ['', ({ number }) => agent.put(s(number, '/presence'), { state: 'viewing' }), open],
  ['', ({ number }) => agent.delete(s(number, '/presence')), open],
  ['ticket.staff_read', ({ number }) => agent.post(s(number, '/read')), open],
  ['ticket.staff_unread', ({ number }) => agent.post(s(number, '/unread')), replied],
  ['ticket.commented', ({ number }) => acme.post(t(number, '/comments'), { body: 'More' }), open],
  ['ticket.commented', ({ number }) => agent.post(s(number, '/comments'), { body: 'Done' }), open],
  ['ticket.commented ticket.resolved', ({ number }) => agent.post(s(number, '/comments'), resolving), open],
  [
    'ticket.noted',
    ({ number }) => agent.post(s(number, '/comments'), { body: 'Look', internal: true }),
    open,
  ],
  ['ticket.read', ({ number }) => acme.get(t(number, '/comments')), replied],
  ['ticket.read', ({ number }) => acme.post(t(number, '/read')), replied],
  ['ticket.resolved', ({ number }) => agent.post(s(number, '/resolve')), open],
  ['ticket.closed', ({ number }) => acme.post(t(number, '/close')), open],
  ['ticket.closed ticket.voted', ({ number }) => acme.post(t(number, '/close'), { score: 9 }), replied],
  ['ticket.closed', ({ number }) => agent.post(s(number, '/close'), { reason: 'spam' }), open],
  ['ticket.reopened', ({ number }) => acme.post(t(number, '/reopen'), { body: 'Again' }), closed],
  ['ticket.reopened', ({ number }) => agent.post(s(number, '/reopen')), closed],
  ['ticket.voted', ({ number }) => acme.post(t(number, '/vote'), { score: 3 }), closed],
  ['comment.voted', ({ comment }) => acme.post(`/support/comments/${comment}/vote`, { score: 1 }), replied],
  ['comment.voted', ({ comment }) => acme.delete(`/support/comments/${comment}/vote`), votedOn],
  ['comment.redacted', ({ comment }) => agent.post(`/staff/comments/${comment}/redact`), replied],
  ['note.redacted', ({ comment }) => agent.post(`/staff/comments/${comment}/redact`), noted],
  [
    'ticket.opened file.redacted',
    async () => acme.post(`/files/public/files/${await sentFile()}/redact`),
    open,
  ],
  [
    'ticket.split ticket.opened',
    ({ number, comment }) => agent.post(s(number, '/split'), { comment_ids: [comment], summary: 'More' }),
    replied,
  ],
  ['ticket.unsplit ticket.unsplit', ({ number }) => agent.post(s(number, '/unsplit')), splitOff],
  [
    'ticket.opened ticket.merged ticket.merged',
    async ({ number }) => agent.post(s(number, '/merge'), { into: (await open()).number }),
    open,
  ],
  ['ticket.unmerged ticket.unmerged', ({ number }) => agent.post(s(number, '/unmerge')), merged],
  [
    'account.created ticket.removed ticket.moved',
    async ({ number }) => admin.post(s(number, '/move'), { account_id: await newAccount() }),
    open,
  ],
  ['ticket.resolved', ({ number }) => inBulk(number, { action: 'resolve' }), open],
  ['ticket.closed', ({ number }) => inBulk(number, { action: 'close' }), open],
  ['ticket.triaged', ({ number }) => inBulk(number, { change: { priority: 'high' } }), open],
  ['ticket.reopened', ({ comment }) => agent.post(`/staff/bulk/${comment}/undo`), closedInBulk],
  ['ticket.snoozed', ({ number }) => agent.post(s(number, '/snooze'), { until_reply: true }), open],
  ['ticket.unsnoozed', ({ number }) => agent.post(s(number, '/unsnooze')), snoozed],
  [
    'ticket.commented ticket.unsnoozed',
    ({ number }) => acme.post(t(number, '/comments'), { body: 'More' }),
    snoozed,
  ],
  ['view.added', () => agent.post('/staff/views', { name: 'Mine', filter: {} }), open],
  ['view.changed', async () => agent.patch(`/staff/views/${await view()}`, { name: 'Ours' }), open],
  ['view.deleted', async () => agent.delete(`/staff/views/${await view()}`), open],
  ...thingVerbs(admin).map(([expected, work]): Case => [expected, work, open]),
  [
    'canned_response.added canned_response.used',
    async ({ number }) =>
      admin.post(`/staff/canned-responses/${await newCannedResponse(admin)}/use`, { ticket_number: number }),
    open,
  ],
  ['tag.renamed', () => admin.patch('/staff/tags/vip', { name: 'gold' }), tagged],
  ['tag.deleted', () => admin.delete('/staff/tags/gold'), open],
  ['topic.added', () => admin.post('/staff/topics', { key: 'mail', name: inTwo }), open],
  ['topic.changed', () => admin.patch('/staff/topics/servers', { name: inTwo }), open],
  ['incident.published', () => service.post('/staff/incidents', { title: inTwo }), open],
  ['incident.changed', () => service.patch('/staff/incidents/1', { is_ended: true }), open],
  ['status.changed', () => admin.patch('/staff/statuses/new', { name: inTwo }), open],
  ['account.created', () => admin.put('/staff/accounts/by-external-id/new', { name: 'New' }), open],
  ['account.changed', () => admin.put('/staff/accounts/by-external-id/acme', { name: 'Acme' }), open],
  [
    'account.created erasure.requested',
    async () => admin.post(`/staff/accounts/${await newAccount()}/erase`, {}),
    open,
  ],
  ['token.issued', () => admin.post(`/staff/accounts/${acme.accountId}/tokens`, { name: 'panel' }), open],
  ['token.changed', () => admin.patch(`/staff/tokens/${tokenId}`, { is_enabled: false }), open],
  ['token.revoked', () => admin.delete(`/staff/tokens/${tokenId}`), open],
  ['token.issued', () => admin.post('/staff/tokens', { kind: 'service', name: 'panel' }), open],
  ['token.issued', () => agent.post('/staff/me/tokens', { name: 'script' }), open],
  ['account.changed', () => service.put('/staff/accounts/by-external-id/acme', { name: 'Acme' }), open],
  ['staff.added', () => admin.post('/staff/members', invitee), open],
  ['staff.changed', async () => admin.patch(await teamMember(), { name: 'Boris' }), open],
  ['staff.availability_changed', () => agent.patch('/staff/me', { availability: 'away' }), open],
  ['staff.reset', async () => admin.post(`${await teamMember()}/reset`), open],
  ['second_factor.reset', async () => admin.post(`${await teamMember()}/reset-second-factor`), open],
  ['sign_in_link.created', () => service.post(sessions, person), open],
  ['client_session.opened', () => instance.anonymous.post('/support/session', { code }), open],
  ['client_session.renewed', () => guest.post('/support/session/renew'), open],
  ['client_session.ended', () => guest.delete('/support/session'), open],
  ['client_session.ended', () => service.delete(sessions), open],
  ['sso_key.added', () => admin.post('/staff/sso-keys', hostKey), open],
  ['sso_key.changed', () => admin.patch('/staff/sso-keys/a', { is_enabled: false }), open],
  ['sso_key.deleted', () => admin.delete('/staff/sso-keys/a'), open],
  ['', () => acme.upload('a.txt', 'a line'), open],
];

test('each verb records exactly its event', async () => {
  for (const [expected, work, prepare] of verbs) {
    const ready = await prepare();
    const { response, events } = await recordedBy(() => work(ready));
    assert.equal(response.status, 200, `${work}: ${response.text}`);
    assert.equal(types(events).join(' '), expected, String(work));
    for (const { type, token_id, user_id, actor_kind, account_id, is_client_visible, data } of events) {
      assert.ok(Value.Check(eventTypes[type].data, data), `${type}: ${JSON.stringify(data)}`);
      assert.equal(is_client_visible, isClientVisible(type));
      assert.ok((token_id ?? user_id) !== null && ['client', 'staff', 'service'].includes(actor_kind));
      if (isTicketEvent(type) && type !== 'ticket.moved') assert.equal(account_id, acme.accountId);
    }
  }
});

test('every type of event is recorded by one of these verbs', () => {
  const elsewhere = [
    ...byPeople,
    'erasure.finished',
    ...byFollowers,
    'delayed_reply.stopped',
    'ticket.reminded',
    'sla.warned',
    'sla.breached',
  ];
  const recorded = new Set([...verbs.flatMap(([expected]) => expected.split(' ')), ...elsewhere]);
  assert.deepEqual([...recorded].filter(Boolean).sort(), typesWhere(() => true).sort());
});

test('a comment event names its comment, a change event has the values before and after', async () => {
  const { number } = await open();
  const commented = await recordedBy(() => acme.post(t(number, '/comments'), { body: 'More' }));
  assert.equal(commented.events[0]?.comment_id, commented.response.body.id);
  assert.equal(commented.events[0]?.ticket_number, number);
  const changed = await recordedBy(() => agent.patch(s(number), { summary: 'Disk of vps-18 full' }));
  assert.deepEqual(changed.events[0]?.data, {
    before: { summary: 'Disk full' },
    after: { summary: 'Disk of vps-18 full' },
  });
});

test('refused requests, replays and reads record nothing', async () => {
  const { number } = await closed();
  const reader = await instance.client('acme', { marks_read: false });
  const key = { 'idempotency-key': 'once' };
  await acme.post('/support/tickets', newTicket, key);
  for (const work of [
    () => acme.post('/support/tickets', newTicket, key),
    () => acme.post('/support/tickets', { ...newTicket, topic_key: 'unknown' }),
    () => acme.post('/support/tickets', { ...newTicket, files: ['5f3a4c0e-9d6b-4f0f-8a51-0f4b8f1d2c3e'] }),
    () => acme.post(t(number, '/comments'), { body: 'More' }),
    () => acme.post(t(number, '/close')),
    () => acme.post(t(number, '/vote'), { score: 11 }),
    () => acme.patch(t(number), { client_emails: ['not an address'] }),
    () => agent.post(s(number, '/resolve')),
    () => agent.post(s(number, '/split'), { comment_ids: [1], summary: 'a' }),
    () => admin.post('/staff/topics', { key: 'servers', name: { en: 'a', ru: 'б' } }),
    () => admin.delete('/staff/tokens/999999'),
    () => acme.get(t(number)),
    () => reader.get(t(number, '/comments')),
    () => agent.get(s(number)),
    () => acme.get('/support/tickets'),
  ]) {
    assert.deepEqual(types((await recordedBy(work)).events), [], String(work));
  }
});

test('a rolled back transaction leaves no event', async () => {
  const { number } = await open();
  await fresh();
  const { accountId } = acme;
  const actor = {
    kind: 'client',
    accountId,
    accountName: '',
    tokenId: acme.tokenId,
    marksRead: true,
  } as const;
  const work = instance.database.transact(async (tx) => {
    await closeTicket(tx, actor, number, {});
    throw new Error('too late');
  });
  await assert.rejects(work, /too late/);
  assert.deepEqual(await fresh(), []);
  assert.equal((await acme.get(t(number))).body.is_closed, false);
});
