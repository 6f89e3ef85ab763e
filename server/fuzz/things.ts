/** What generated requests are about: tickets, uploads, members and more, new for each operation. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { openSession } from '#people/staff/sessions/sessions.ts';
import type { Caller } from '#test/caller.ts';
import { signInLinkAt } from '#test/guests.ts';
import type { Instance } from '#test/instance.ts';
import { setAsideEvent } from '#test/set-aside.ts';
import { added, newCalendar, newCannedResponse, newIncident, newTag, newTopic } from '#test/things.ts';
import { done, merged, snoozed, splitOff, ticketIn, uploadOf } from '#test/tickets.ts';
import type { Known } from './arbitraries.ts';
import type { Operation } from './requests.ts';

/** Who sends requests, by the access of the operation. */
export type Callers = Record<'client' | 'staff' | 'admin' | 'service', Caller>;

/**
 * New things for an operation to work on: earlier requests have closed, used or revoked others. Only those that it names
 * are made.
 */
export async function knownTo(
  instance: Instance,
  callers: Callers,
  operation: Operation,
  caller: Caller,
): Promise<Known> {
  // Otherwise those created for earlier operations would exceed the maximum.
  await instance.query('delete from inactivity_rules');
  await instance.query('delete from canned_responses');
  const text = JSON.stringify([operation.parameters, operation.requestBody]);
  const known: Known = {};
  for (const [name, make] of Object.entries({
    ...thingsOf(instance, callers, operation, caller),
    ...thingsOfAdmins(instance, callers),
  }))
    if (text.includes(`"${name}"`)) known[name] = await make();
  return known;
}

type Make = () => Promise<fc.Arbitrary<unknown>> | fc.Arbitrary<unknown>;

const make = <T>(count: number, one: () => Promise<T>) => Promise.all(Array.from({ length: count }, one));
const oneOf =
  <T>(list: () => Promise<T[]>): Make =>
  async () =>
    fc.constantFrom(...(await list()));

function thingsOf(
  instance: Instance,
  { client: acme, staff: agent, admin }: Callers,
  { operationId }: Operation,
  caller: Caller,
): Record<string, Make> {
  let made: ReturnType<typeof newTickets> | undefined;
  const tickets = () => (made ??= newTickets(acme, agent));
  const numbers = async () => (await tickets()).map(({ number }) => number);
  const comments = async () => fc.constantFrom(...(await commentsOf(instance, await numbers())));
  const uploads = oneOf(() => make(10, () => uploadOf(caller.accountId ? acme : agent)));
  const members = oneOf(async () => (await make(3, () => instance.signedIn())).map(({ staffId }) => staffId));
  const spare = () => instance.client('spare'); // separate: the account may have been erased
  return {
    ticket_number: oneOf(numbers),
    into: oneOf(numbers),
    ticket_numbers: async () => fc.uniqueArray(fc.constantFrom(...(await numbers())), { minLength: 1 }),
    bulk_id: oneOf(async () => bulksOn(agent, await numbers())),
    comment_id: comments,
    comment_ids: async () => fc.uniqueArray(await comments(), { minLength: 1, maxLength: 3 }),
    uuid: uploads,
    files: async () => fc.uniqueArray(await uploads(), { minLength: 1, maxLength: 3 }),
    token_id: oneOf(async () => (await make(5, spare)).map(({ tokenId }) => tokenId)),
    code: oneOf(() => make(3, () => signInLinkAt(instance))),
    kid: oneOf(() => keysOf(admin)),
    own_token_id: oneOf(() => ownTokensOf(agent)),
    scopes: () => fc.constantFrom(['admin'], ['tickets:read'], ['accounts:read']),
    allowed_addresses: () => fc.constantFrom([], ['127.0.0.1', '2001:db8::/32']),
    account_id: oneOf(async () => {
      const { accountId } = await spare();
      return operationId === 'eraseAccount' ? [accountId] : [acme.accountId, accountId];
    }),
    assignee_id: members,
    staff_id: members,
    session_id: oneOf(() => sessionsOf(instance, caller)),
    view_id: oneOf(async () => [await viewOf(agent)]),
    delayed_reply_id: oneOf(async () => delayedRepliesOf(agent, await numbers())),
    mentions: async () => fc.oneof(fc.constant([]), fc.tuple(await members())),
    last_comment_id: oneOf(async () => (await tickets()).map(({ response }) => response).filter(Boolean)),
    topic_key: () => fc.constantFrom('servers', 'unknown'),
    topic_keys: () => fc.constantFrom([], ['servers'], ['servers', 'unknown']),
    status_key: () => fc.constantFrom('new', 'closed', 'in_progress', 'resolved', 'await_client', 'unknown'),
    external_id: () => fc.constantFrom('acme', 'spare', 'new', 'a b/c'),
    tag: oneOf(async () => Promise.all((await numbers()).map((number) => newTag(agent, number)))),
    time_zone: () => fc.constantFrom('UTC', 'Europe/Moscow', 'Nowhere'),
    hours: () => fc.constantFrom({}, { mon: [{ from: '22:00', to: '06:00' }] }),
  };
}

async function newTickets(acme: Caller, agent: Caller): Promise<Array<{ number: number; response: number }>> {
  const states = ['open', 'replied', 'resolved', 'closed'] as const;
  const tickets = await Promise.all(states.map((state) => ticketIn(state, acme, agent)));
  for (const { number, response } of tickets) {
    if (response) await done(acme.post(`/support/comments/${response}/vote`, { score: 1 }));
    await done(agent.put(`/staff/tickets/${number}/draft`, { body: 'Begun' }));
  }
  return [...tickets, await splitOff(acme, agent), await merged(acme, agent), await snoozed(acme, agent)];
}

async function commentsOf(instance: Instance, numbers: number[]): Promise<number[]> {
  const sql = 'select id from comments where ticket_number = any($1)';
  return (await instance.query<{ id: number }>(sql, [numbers])).map(({ id }) => id);
}

/** Things that admins create, enough of each to delete some. */
function thingsOfAdmins(instance: Instance, { staff: agent, admin }: Callers): Record<string, Make> {
  const some = (one: () => Promise<number>) => oneOf(() => make(5, one));
  const ofTopic = (things: string) =>
    some(async () => added(admin, things, { topic_key: await newTopic(admin) }));
  return {
    canned_response_id: some(() => newCannedResponse(agent)),
    calendar_id: some(() => newCalendar(admin)),
    sla_policy_id: ofTopic('sla-policies'),
    inactivity_rule_id: ofTopic('inactivity-rules'),
    incident_id: some(() => newIncident(admin)),
    set_aside_event_id: some(() => setAsideEvent(instance)),
    erasure_id: some(() => newErasure(instance, admin)),
  };
}

async function newErasure(instance: Instance, admin: Caller): Promise<number> {
  const { accountId } = await instance.client(randomUUID());
  return (await done(admin.post(`/staff/accounts/${accountId}/erase`, {}))).body.erasure_id;
}

/** A delayed reply on each ticket that allows one, and a draft. */
async function delayedRepliesOf(staff: Caller, numbers: number[]): Promise<number[]> {
  const delayed = numbers.map(async (number) => {
    await done(staff.put(`/staff/tickets/${number}/draft`, { body: 'Begun' }));
    const note = { body: 'In a moment', internal: true, delay_seconds: 60 };
    return (await done(staff.post(`/staff/tickets/${number}/delayed-replies`, note))).body.delayed_reply_id;
  });
  return Promise.all(delayed);
}

async function ownTokensOf(staff: Caller): Promise<number[]> {
  const issued = Array.from({ length: 5 }, () => done(staff.post('/staff/me/tokens', { name: 'spare' })));
  return (await Promise.all(issued)).map(({ body }) => body.token_id);
}

/** Five of the caller's own; any number for a client, which has none. */
async function sessionsOf(instance: Instance, caller: Caller): Promise<number[]> {
  const { status, body } = await caller.get('/staff/me');
  if (status !== 200) return [0];
  const origin = { ip: '127.0.0.1', userAgent: null };
  const opening = Array.from({ length: 5 }, () =>
    instance.database.transact((tx) =>
      openSession(tx, body, origin, { by: 'password', second_factor: 'none' }),
    ),
  );
  return (await Promise.all(opening)).map(({ session_id }) => session_id);
}

async function bulksOn(agent: Caller, ticket_numbers: number[]): Promise<number[]> {
  const mark = { ticket_numbers, action: 'unread' };
  const marked = Array.from({ length: 5 }, () => done(agent.post('/staff/bulk', mark)));
  return (await Promise.all(marked)).map(({ body }) => body.bulk_id);
}

async function keysOf(admin: Caller): Promise<string[]> {
  const body = { name: 'spare', algorithm: 'HS256' };
  const added = Array.from({ length: 5 }, () => done(admin.post('/staff/sso-keys', body)));
  return (await Promise.all(added)).map((response) => response.body.kid);
}

/** An existing view or a new one, because their number is limited. */
async function viewOf(staff: Caller): Promise<number> {
  const [known] = (await done(staff.get('/staff/views'))).body.items;
  if (known) return known.view_id;
  const { body } = await done(staff.post('/staff/views', { name: 'Open', filter: { is_closed: false } }));
  return body.view_id;
}
