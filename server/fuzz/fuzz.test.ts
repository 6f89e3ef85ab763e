/**
 * Sends valid and mutated requests to every operation of the product's own OpenAPI document. FUZZ_SEED repeats a run,
 * FUZZ_RUNS (requests in total) makes it longer: `npm run fuzz`.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { openSession } from '#people/staff/sessions/sessions.ts';
import { isEmail } from '#platform/http/schemas.ts';
import { guestAt, signInLinkAt } from '#test/guests.ts';
import { setAsideEvent } from '#test/set-aside.ts';
import { assertProblem, type Caller, openInstance, type Response } from '#test/support.ts';
import { added, newCalendar, newCannedResponse, newTag, newTopic } from '#test/things.ts';
import { done, merged, snoozed, splitOff, ticketIn, uploadOf } from '#test/tickets.ts';
import type { Known } from './arbitraries.ts';
import { legalRequests, type Operation, type Request, requestsTo } from './requests.ts';

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.FUZZ_RUNS ?? 3000);

const instance = await openInstance();
after(() => instance.close());
// Small numbers are tried as ids: these tokens and staff are not needed otherwise.
for (let i = 0; i < 20; i++) await Promise.all([instance.client('spare'), instance.staff('agent')]);
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const callers: Record<string, Caller> = {
  client: acme,
  staff: agent,
  admin: await instance.staff('admin'),
  service: await instance.service(),
};

// A plain JSON document. The return type of swagger() also covers OpenAPI 3.0 and is less exact.
const api = JSON.parse(JSON.stringify(instance.app.swagger())) as {
  paths: Record<string, Record<string, Operation>>;
};
/** An operation may end its session: each gets a new one. */
const callerFor = async (operation: Operation): Promise<Caller> => {
  const access = operation['x-access']?.[0] ?? 'client';
  return access === 'session' ? guestAt(instance) : (callers[access] ?? acme);
};

const operations = Object.entries(api.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method })),
  )
  .filter(({ responses }) => !('text/event-stream' in (responses['200']?.content ?? {}))); // it has no end

for (const operation of operations) {
  const { method, path } = operation;
  test(`${method.toUpperCase()} ${path} responds to every request as the reference says`, async (t) => {
    t.diagnostic(`FUZZ_SEED=${seed} FUZZ_RUNS=${runs}`);
    const caller = await callerFor(operation);
    let done = 0;
    await fc.assert(
      fc.asyncProperty(
        requestsTo(operation, await knownTo(caller, operation)),
        async ({ isLegal, ...request }) => {
          const response = await caller.send(request);
          assertExpected(operation, response, isLegal);
          if (response.status < 300) done++;
        },
      ),
      { seed, numRuns: Math.ceil(runs / operations.length) },
    );
    for (let i = 0; done === 0 && i < 100 && !isDrawnApart(operation); i++) {
      // All of the few generated requests were mutated ones.
      const [request] = fc.sample(legalRequests(operation, await knownTo(caller, operation)), {
        seed: seed + i,
        numRuns: 1,
      });
      if (request && (await caller.send(request)).status < 300) done++;
    }
    assert.ok(done > 0 || isDrawnApart(operation), 'some of the requests have to be carried out');
  });
}

test('no request caused an unexpected error in the server or the database', () => {
  const surprises = instance.log.filter((line) => /"level":(50|60)/.test(line));
  assert.deepEqual(surprises, []);
});

/**
 * Operations for which generated values are seldom valid: a split needs comments of its own ticket, undoing a split or
 * merge needs such a ticket, a bulk change needs one kind of action, a view existing topics and people, a token one
 * owner, an SLA policy or inactivity rule a topic without one. A password, code or secret cannot be guessed at all.
 */
const isDrawnApart = ({ operationId }: Operation) => [...particular, ...secretive].includes(operationId);
const particular = [
  ...['splitTicket', 'unsplitTicket', 'unmergeTicket', 'runBulk', 'addView', 'issueAnyToken'],
  ...['addSlaPolicy', 'addInactivityRule', 'snoozeTicket', 'unsnoozeTicket'],
];
/** The last two need an identity provider, which does not exist here. */
const secretive = [
  ...['signIn', 'acceptInvitation', 'confirmSecondFactor', 'turnOffSecondFactor'],
  ...['changePassword', 'enrolSecondFactor'],
  ...['beginOidc', 'finishOidc'],
];

/** New things for an operation to work on: earlier requests have closed, used or revoked others. */
async function knownTo(caller: Caller, { operationId }: Operation): Promise<Known> {
  const states = ['open', 'replied', 'resolved', 'closed'] as const;
  const tickets = await Promise.all(states.map((state) => ticketIn(state, acme, agent)));
  const shaped = [await splitOff(acme, agent), await merged(acme, agent), await snoozed(acme, agent)];
  const numbers = [...tickets, ...shaped].map(({ number }) => number);
  const comments = await instance.query<{ id: number }>(
    'select id from comments where ticket_number = any($1)',
    [numbers],
  );
  const uploads = await Promise.all(
    Array.from({ length: 10 }, () => uploadOf(caller.accountId ? acme : agent)),
  );
  const spare = await instance.client('spare'); // separate: the account may have been erased
  const spares = [spare, ...(await Promise.all(Array.from({ length: 4 }, () => instance.client('spare'))))];
  const members = await Promise.all(Array.from({ length: 3 }, () => instance.signedIn()));
  const responses = tickets.map(({ response }) => response).filter(Boolean);
  const ids = fc.constantFrom(...comments.map(({ id }) => id));
  return {
    ticket_number: fc.constantFrom(...numbers),
    into: fc.constantFrom(...numbers),
    ticket_numbers: fc.uniqueArray(fc.constantFrom(...numbers), { minLength: 1 }),
    bulk_id: fc.constantFrom(...(await bulksOn(numbers))),
    comment_id: ids,
    comment_ids: fc.uniqueArray(ids, { minLength: 1, maxLength: 3 }),
    uuid: fc.constantFrom(...uploads),
    files: fc.uniqueArray(fc.constantFrom(...uploads), { minLength: 1, maxLength: 3 }),
    token_id: fc.constantFrom(...spares.map(({ tokenId }) => tokenId)),
    code: fc.constantFrom(...(await Promise.all([1, 2, 3].map(() => signInLinkAt(instance))))),
    kid: fc.constantFrom(...(await keysOf(callers.admin ?? agent))),
    own_token_id: fc.constantFrom(...(await ownTokensOf(agent))),
    scopes: fc.constantFrom(['admin'], ['tickets:read'], ['accounts:read']),
    allowed_addresses: fc.constantFrom([], ['127.0.0.1', '2001:db8::/32']),
    account_id: fc.constantFrom(...(operationId === 'eraseAccount' ? [] : [acme.accountId]), spare.accountId),
    assignee_id: fc.constantFrom(...members.map(({ staffId }) => staffId)),
    staff_id: fc.constantFrom(...members.map(({ staffId }) => staffId)),
    session_id: fc.constantFrom(...(await sessionsOf(caller))),
    view_id: fc.constant(await viewOf(agent)),
    delayed_reply_id: fc.constantFrom(...(await delayedRepliesOf(agent, numbers))),
    mentions: fc.constantFrom(
      [],
      members.map(({ staffId }) => staffId),
    ),
    last_comment_id: fc.constantFrom(...responses),
    topic_key: fc.constantFrom('servers', 'unknown'),
    status_key: fc.constantFrom('new', 'closed', 'in_progress', 'resolved', 'await_client', 'unknown'),
    external_id: fc.constantFrom('acme', 'spare', 'new', 'a b/c'),
    ...(await instanceThings(numbers)),
  };
}

/** Things that admins create, enough of each to delete some. */
async function instanceThings(tickets: number[]): Promise<Known> {
  const { admin = agent } = callers;
  await instance.query('delete from inactivity_rules'); // otherwise those created for earlier operations would exceed the maximum
  await instance.query('delete from canned_responses');
  const some = async (make: () => Promise<number>) =>
    fc.constantFrom(...(await Promise.all([make(), make(), make(), make(), make()])));
  const ofTopic = (things: string) =>
    some(async () => added(admin, things, { topic_key: await newTopic(admin) }));
  return {
    tag: fc.constantFrom(...(await Promise.all(tickets.map((number) => newTag(agent, number))))),
    canned_response_id: await some(() => newCannedResponse(agent)),
    calendar_id: await some(() => newCalendar(admin)),
    sla_policy_id: await ofTopic('sla-policies'),
    inactivity_rule_id: await ofTopic('inactivity-rules'),
    set_aside_event_id: await some(() => setAsideEvent(instance)),
    erasure_id: await some(() => newErasure(admin)),
    time_zone: fc.constantFrom('UTC', 'Europe/Moscow', 'Nowhere'),
    hours: fc.constantFrom({}, { mon: [{ from: '22:00', to: '06:00' }] }),
  };
}

async function newErasure(admin: Caller): Promise<number> {
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
async function sessionsOf(caller: Caller): Promise<number[]> {
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

async function bulksOn(ticket_numbers: number[]): Promise<number[]> {
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

/** Schemas that another one extends. */
const partsOfAll = new Set(['StaffEventBase']);
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addFormat('email', isEmail);
ajv.addSchema(closed(api) as object, 'api');

/**
 * The schema with every object closed, so that undocumented fields are found. The parts of an `allOf` stay open, since
 * each knows only its own fields: the whole is closed.
 */
function closed(schema: unknown, isPart = false): unknown {
  if (Array.isArray(schema)) return schema.map((one) => closed(one, isPart));
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.fromEntries(
    Object.entries(schema).map(([name, one]) => [
      name,
      closed(one, name === 'allOf' || partsOfAll.has(name)),
    ]),
  );
  if ('allOf' in members) return { unevaluatedProperties: false, ...members };
  return 'properties' in members && !isPart ? { additionalProperties: false, ...members } : members;
}

function assertFits(value: unknown, at: string[], what: string) {
  const pointer = at.map((step) => encodeURIComponent(step.replaceAll('/', '~1'))).join('/');
  const validate = ajv.compile({ $ref: `api#/${pointer}` });
  assert.ok(validate(value), `${what}\n${ajv.errorsText(validate.errors)}`);
}

/** Operations with rules that a schema cannot express: a valid body may violate them. */
const hasRules = new Set([
  'listTickets',
  'addStaffComment',
  'delayReply',
  ...['signIn', 'confirmSecondFactor'], // their code comes from an app
  'openTicketForAccount',
  'readFeed',
  'runBulk',
]);

function assertExpected(operation: Operation, response: Response, isLegal: Request['isLegal']) {
  const { path, method, operationId, requestBody, responses } = operation;
  const { status, body, headers } = response;
  const what = `${status} ${response.text.slice(0, 500)}`;
  assert.ok(status < 500, what);
  const isUnaskedBody = !requestBody && (status === 413 || status === 415);
  assert.ok(status in responses || isUnaskedBody, `The reference does not name this status: ${what}`);
  assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/, what);
  if (status >= 400) {
    assertProblem(response, status);
    assert.equal(body.request_id, headers['x-request-id']);
    assertFits(body, ['components', 'schemas', 'Problem'], what);
    if (isLegal && !hasRules.has(operationId)) assert.notEqual(body.code, 'invalid_request', what);
  } else if (
    /json/.test(String(headers['content-type'])) &&
    responses[status]?.content?.['application/json']
  ) {
    assertFits(
      body,
      ['paths', path, method, 'responses', String(status), 'content', 'application/json', 'schema'],
      what,
    );
  }
}
