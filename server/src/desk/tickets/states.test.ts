/**
 * Any sequence of verbs on a ticket, sequential and concurrent, checked against the table of states in docs/api.md.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');

/** The state in terms of the table, and what else decides about transitions. */
interface State {
  status_key: 'new' | 'in_progress' | 'await_client' | 'resolved' | 'closed';
  is_closed: boolean;
  is_resolved: boolean;
  has_reply: boolean;
  is_client_read: boolean;
  score: number | null;
}

type Verb =
  | { verb: 'comment' | 'note' | 'resolve' | 'close as staff' | 'reopen' | 'read' | 'feedback' }
  | { verb: 'response'; status_key: 'in_progress' | 'await_client' | 'resolved' }
  | { verb: 'close'; score: number | undefined }
  | { verb: 'vote'; score: number };

const isVotable = ({ has_reply, is_resolved, is_closed }: State) => has_reply && (is_resolved || is_closed);

/** The table: the state after the verb, or the code of its refusal. */
function next(state: State, verb: Verb): State | string {
  const { is_closed, is_resolved, has_reply } = state;
  switch (verb.verb) {
    case 'read':
      return { ...state, is_client_read: true };
    case 'note':
      return state;
    case 'comment':
      return is_closed
        ? 'ticket_closed'
        : { ...state, status_key: 'in_progress', is_resolved: false, score: null };
    case 'response': {
      const { status_key } = verb;
      const stays = status_key === 'resolved';
      const replied = { ...state, status_key, has_reply: true, is_client_read: false };
      return is_closed
        ? 'ticket_closed'
        : { ...replied, is_resolved: stays, score: stays ? state.score : null };
    }
    case 'resolve':
      if (is_closed) return 'ticket_closed';
      return is_resolved ? 'ticket_resolved' : { ...state, status_key: 'resolved', is_resolved: true };
    case 'close as staff':
      return is_closed ? 'ticket_closed' : { ...state, status_key: 'closed', is_closed: true };
    case 'feedback':
      return next(state, { verb: 'close', score: undefined });
    case 'close': {
      const { score } = verb;
      if (is_closed) return 'ticket_closed';
      if (score !== undefined && !has_reply) return 'vote_not_allowed';
      return {
        ...state,
        status_key: 'closed',
        is_closed: true,
        is_resolved: true,
        score: score ?? state.score,
      };
    }
    case 'reopen':
      if (!is_closed) return 'ticket_not_closed';
      return { ...state, status_key: 'in_progress', is_closed: false, is_resolved: false, score: null };
    case 'vote':
      return isVotable(state) ? { ...state, score: verb.score } : 'vote_not_allowed';
  }
}

function perform(number: number, verb: Verb): Promise<Response> {
  const ticket = `/support/tickets/${number}`;
  const atStaff = `/staff/tickets/${number}`;
  switch (verb.verb) {
    case 'comment':
      return acme.post(`${ticket}/comments`, { body: 'More' });
    case 'reopen':
      return acme.post(`${ticket}/reopen`, { body: 'It is back' });
    case 'close':
      return acme.post(`${ticket}/close`, { score: verb.score });
    case 'feedback':
      return acme.post(`${ticket}/close`, { comment: 'Thank you' });
    case 'vote':
      return acme.post(`${ticket}/vote`, { score: verb.score });
    case 'read':
      return acme.post(`${ticket}/read`);
    case 'note':
      return agent.post(`${atStaff}/comments`, { body: 'A note', internal: true });
    case 'response':
      return agent.post(`${atStaff}/comments`, { body: 'Done', status_key: verb.status_key });
    case 'resolve':
      return agent.post(`${atStaff}/resolve`);
    case 'close as staff':
      return agent.post(`${atStaff}/close`, { reason: 'spam' });
  }
}

const names = {
  new: { en: 'Open', ru: 'Открыт' },
  in_progress: { en: 'In progress', ru: 'В работе' },
  await_client: { en: 'Awaiting your answer', ru: 'Ожидает вашего ответа' },
  resolved: { en: 'Resolved', ru: 'Решён' },
  closed: { en: 'Closed', ru: 'Закрыт' },
};

/** What a client sees of a state, besides what no verb changes. */
function shown(state: State) {
  const { has_reply, score, ...same } = state;
  const isTaken = (verb: Verb) => typeof next(state, verb) !== 'string';
  return {
    ...same,
    score,
    status: names[state.status_key],
    is_await_client: state.status_key === 'await_client',
    is_await_support: state.status_key === 'new' || state.status_key === 'in_progress',
    is_can_be_voted: isVotable(state),
    can: {
      close: isTaken({ verb: 'close', score: undefined }),
      close_with_vote: isTaken({ verb: 'close', score: 9 }),
      reopen: isTaken({ verb: 'reopen' }),
      comment: isTaken({ verb: 'comment' }),
      vote: isTaken({ verb: 'vote', score: 9 }),
    },
  };
}

const changing = ['number', 'vote', 'created_at', 'updated_at', 'closed_at'];
const lasting = {
  summary: 'Disk full',
  type: null,
  topic_key: null,
  is_client_author: true,
  client_aliased_name: null,
  client_emails: [],
  splitted_from_ticket_number: null,
  merged_into_ticket_number: null,
  access_level: 'account_users',
  keystone_projects: [],
  notice_id: null,
};

async function look(number: number) {
  const { body } = await done(acme.get(`/support/tickets/${number}`));
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !changing.includes(name)));
  return { ticket: body, seen: { ...rest, score: body.vote?.score ?? null } };
}

const isVisible = ({ verb }: Verb) => verb !== 'note' && verb !== 'read';

async function step(number: number, state: State, verb: Verb): Promise<State> {
  const expected = next(state, verb);
  const before = (await look(number)).ticket;
  if (typeof expected === 'string') {
    assertProblem(await perform(number, verb), 409, expected, JSON.stringify(verb));
    assert.deepEqual((await look(number)).ticket, before);
    return state;
  }
  await done(perform(number, verb));
  const { ticket, seen } = await look(number);
  assert.deepEqual(seen, { ...lasting, ...shown(expected) }, JSON.stringify(verb));
  assert.equal(ticket.created_at, before.created_at);
  assert.equal(ticket.closed_at !== null, expected.is_closed);
  if (expected.is_closed && !state.is_closed) assert.equal(ticket.closed_at, ticket.updated_at);
  if (isVisible(verb)) assert.ok(ticket.updated_at >= before.updated_at);
  else assert.equal(ticket.updated_at, before.updated_at);
  return expected;
}

const score = fc.integer({ min: 1, max: 10 });
const verbs: fc.Arbitrary<Verb> = fc.oneof(
  fc.record({
    verb: fc.constantFrom('comment', 'note', 'resolve', 'close as staff', 'reopen', 'read', 'feedback'),
  }),
  fc.record({
    verb: fc.constant('response'),
    status_key: fc.constantFrom('in_progress', 'await_client', 'resolved'),
  }),
  fc.record({ verb: fc.constant('close'), score: fc.option(score, { nil: undefined }) }),
  fc.record({ verb: fc.constant('vote'), score }),
);

const initial: State = {
  status_key: 'new',
  is_closed: false,
  is_resolved: false,
  has_reply: false,
  is_client_read: true,
  score: null,
};

const open = async (): Promise<number> =>
  (await done(acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' }))).body.number;

test('every sequence of verbs leaves a ticket as the table of states says, or is refused as it says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(verbs, { minLength: 10, maxLength: 25 }), async (sequence) => {
      const number = await open();
      let state = initial;
      for (const verb of sequence) state = await step(number, state, verb);
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

/** The result of each verb, by position, in this order of them, and the final state. */
function inOrder(from: State, order: Array<[position: number, verb: Verb]>) {
  let state = from;
  const codes: string[] = [];
  for (const [position, verb] of order) {
    const result = next(state, verb);
    codes[position] = typeof result === 'string' ? result : 'done';
    if (typeof result !== 'string') state = result;
  }
  return { codes, seen: { ...lasting, ...shown(state) } };
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

test('concurrent verbs give the results and the state of some sequential order', async () => {
  const start = fc.array(verbs, { maxLength: 3 });
  const atOnce = fc.array(verbs, { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(start, atOnce, async (sequence, race) => {
      const number = await open();
      let state = initial;
      for (const verb of sequence) state = await step(number, state, verb);
      const responses = await Promise.all(race.map((verb) => perform(number, verb)));
      const codes = responses.map(({ status, body }) => (status === 200 ? 'done' : body.code));
      const { seen } = await look(number);
      const orders = permutations(race.map((verb, position): [number, Verb] => [position, verb]));
      const isExplained = orders.some((order) => isDeepStrictEqual({ codes, seen }, inOrder(state, order)));
      assert.ok(isExplained, JSON.stringify({ race, codes, seen }));
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
