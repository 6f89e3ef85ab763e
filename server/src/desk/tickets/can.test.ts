/** Compares `can` of a ticket with the response to each action, in every state and for both sides. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { Caller, Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, merged, snoozed, splitOff, ticketIn } from '#test/tickets.ts';
import { MAX_COMMENTS } from './full.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, other] = [await instance.client('acme'), await instance.client('other')];
const [agent, admin] = [await instance.staff('agent'), await instance.staff('admin')];

const s = (number: number, rest = '') => `/staff/tickets/${number}${rest}`;
const c = (number: number, rest = '') => `/support/tickets/${number}${rest}`;
const open = async () => (await ticketIn('open', acme, agent)).number;
const act = async (number: number, verb: string, body?: object, by = agent): Promise<number> =>
  (await done(by.post(s(number, `/${verb}`), body))).body.number ?? number;
const note = (number: number) => act(number, 'comments', { body: 'A note', internal: true });
const mergeInto = async (number: number) => act(number, 'merge', { into: await open() });

type Action = (number: number) => Promise<Response>;

const byClient = {
  close: (number) => acme.post(c(number, '/close')),
  close_with_vote: (number) => acme.post(c(number, '/close'), { score: 9 }),
  reopen: (number) => acme.post(c(number, '/reopen'), { body: 'x' }),
  comment: (number) => acme.post(c(number, '/comments'), { body: 'x' }),
  vote: (number) => acme.post(c(number, '/vote'), { score: 9 }),
} satisfies Record<string, Action>;
const byStaff: Record<string, Action> = {
  close: (number) => agent.post(s(number, '/close')),
  reopen: (number) => agent.post(s(number, '/reopen')),
  resolve: (number) => agent.post(s(number, '/resolve')),
  comment: (number) => agent.post(s(number, '/comments'), { body: 'x' }),
  note: (number) => agent.post(s(number, '/comments'), { body: 'x', internal: true }),
  split,
  unsplit: (number) => agent.post(s(number, '/unsplit')),
  merge: async (number) => agent.post(s(number, '/merge'), { into: await open() }),
  unmerge: (number) => agent.post(s(number, '/unmerge')),
  snooze: (number) => agent.post(s(number, '/snooze'), { until_reply: true }),
  unsnooze: (number) => agent.post(s(number, '/unsnooze')),
  move: (number) => agent.post(s(number, '/move'), { account_id: other.accountId }),
};
const byAdmin: Record<string, Action> = {
  move: (number) => admin.post(s(number, '/move'), { account_id: other.accountId }),
};

/** Tries each comment. If no single one can be split off, several together cannot either. */
async function split(number: number): Promise<Response> {
  const { comments } = (await done(agent.get(s(number)))).body;
  let last = await agent.post(s(number, '/split'), { comment_ids: [1], summary: 'Another thing' });
  for (const { id } of comments) {
    if (last.status === 200) break;
    last = await agent.post(s(number, '/split'), { comment_ids: [id], summary: 'Another thing' });
  }
  return last;
}

interface Side {
  who: Caller;
  actions: Record<string, Action>;
  path(number: number): string;
}
const sides: Side[] = [
  { who: acme, actions: byClient, path: c },
  { who: agent, actions: byStaff, path: s },
  { who: admin, actions: byAdmin, path: s },
];
const canOf = async ({ who, path }: Side, number: number): Promise<Record<string, boolean>> =>
  (await done(who.get(path(number)))).body.can;

/** Lets 8 days pass for the ticket. */
const age = (number: number) =>
  instance.query(
    `update tickets
     set created_at = created_at - interval '8 days', merged_at = merged_at - interval '8 days'
     where number = $1`,
    [number],
  );
const fill = (number: number) =>
  instance.query('update tickets set comment_count = $2 where number = $1', [number, MAX_COMMENTS]);

const having = async (number: number, ...steps: Array<(number: number) => Promise<unknown>>) => {
  for (const step of steps) await step(number);
  return number;
};
const splitTicket = async () => (await splitOff(acme, agent)).number;
const sourceOf = async (number: number): Promise<number> =>
  (await done(agent.get(s(number)))).body.splitted_from_ticket_number;

const states: Record<string, () => Promise<number>> = {
  open,
  replied: async () => (await ticketIn('replied', acme, agent)).number,
  resolved: async () => (await ticketIn('resolved', acme, agent)).number,
  'resolved without a reply': async () => act(await open(), 'resolve'),
  'closed by its client': async () => (await ticketIn('closed', acme, agent)).number,
  'closed by support without a reply': async () => act(await open(), 'close'),
  reopened: async () => act((await ticketIn('closed', acme, agent)).number, 'reopen'),
  'with notes beside its one comment': async () => having(await open(), note, note),
  'with two comments of its client': async () =>
    having(await open(), (number) => done(byClient.comment(number))),
  snoozed: async () => (await snoozed(acme, agent)).number,
  full: async () => having(await open(), fill),
  'closed and full': async () => having((await ticketIn('closed', acme, agent)).number, fill),
  merged: async () => (await merged(acme, agent)).number,
  'merged, and a note was left': async () => having((await merged(acme, agent)).number, note),
  'merged long ago': async () => having((await merged(acme, agent)).number, age),
  'merged when it was closed': async () => mergeInto(await act(await open(), 'close')),
  'the target of a merge': async () =>
    having(await open(), async (into) => act(await open(), 'merge', { into })),
  unmerged: async () => act(await mergeInto(await open()), 'unmerge'),
  'split off': splitTicket,
  'split off long ago': async () => having(await splitTicket(), age),
  'split off, and gone on': async () =>
    having(await splitTicket(), (number) => done(byClient.comment(number))),
  'split off, and split further': async () =>
    having(
      await splitTicket(),
      (number) => done(byClient.comment(number)),
      (number) => done(split(number)),
    ),
  'split off, and merged': async () => mergeInto(await splitTicket()),
  'split undone': async () => act(await splitTicket(), 'unsplit'),
  'the source of a split': async () => sourceOf(await splitTicket()),
  'the source of a split that was undone': async () => {
    const number = await splitTicket();
    await act(number, 'unsplit');
    return sourceOf(number);
  },
};

for (const [state, make] of Object.entries(states)) {
  test(`an action succeeds exactly if \`can\` allows it: ${state}`, async () => {
    const number = await make();
    for (const side of sides) {
      const can = await canOf(side, number);
      for (const [action, perform] of Object.entries(side.actions)) {
        const isAllowed = can[action];
        assert.equal(typeof isAllowed, 'boolean', action);
        const { status, text } = await perform(isAllowed ? await make() : number);
        assert.equal(status === 200, isAllowed, `${action}: ${text}`);
      }
    }
  });
}

test('every response with a ticket has the `can` of the reader’s side', async () => {
  const number = (await ticketIn('replied', acme, agent)).number;
  for (const side of sides.slice(0, 2)) {
    const can = await canOf(side, number);
    assert.deepEqual(Object.keys(can).sort(), Object.keys(side.actions).sort());
    const isClient = side.who === acme;
    const list = await done(
      side.who.get(isClient ? '/support/tickets?items_per_page=1000' : '/staff/tickets?limit=100'),
    );
    const listed = list.body.items.find((item: { number: number }) => item.number === number);
    const { split, unsplit, move, ...canByRow } = can;
    assert.deepEqual(listed.can, isClient ? can : canByRow);
    const changed = await done(side.who.patch(side.path(number), { client_emails: [] }));
    assert.deepEqual(changed.body.can, can);
  }
  const event = await lastEventOf(number);
  assert.deepEqual(event.ticket.can, (await done(agent.get(s(number)))).body.can);
});

async function lastEventOf(number: number, after = ''): Promise<Response['body']> {
  const { body } = await done(agent.get(`/staff/events?limit=500${after && `&after=${after}`}`));
  if (body.items.length > 0) return (await lastEventOf(number, body.after)) ?? last(body.items, number);
}
const last = (items: Array<{ ticket: { number: number } | null }>, number: number) =>
  items.findLast(({ ticket }) => ticket?.number === number);

test('opening a ticket returns the same `can` as reading it', async () => {
  const input = { summary: 'Disk', comment_body: 'Full' };
  const opened = (await done(acme.post('/support/tickets', input))).body;
  assert.deepEqual(opened, (await done(acme.get(c(opened.number)))).body);
  for (const who of [agent, admin]) {
    const { body } = await done(who.post('/staff/tickets', { ...input, account_id: acme.accountId }));
    assert.deepEqual(body.can, (await done(who.get(s(body.number)))).body.can);
  }
});

test('only an admin moves a ticket', async () => {
  const number = await open();
  assert.equal((await canOf({ who: agent, actions: {}, path: s }, number)).move, false);
  assertProblem(await agent.post(s(number, '/move'), { account_id: other.accountId }), 403, 'forbidden');
  assert.equal((await canOf({ who: admin, actions: {}, path: s }, number)).move, true);
});

test('the ETag changes with `can` when a time limit passes, the version does not', async () => {
  const number = await mergeInto(await open());
  const first = await done(agent.get(s(number)));
  const tag = String(first.headers.etag);
  assert.equal((await agent.get(s(number), { 'if-none-match': tag })).status, 304);
  await instance.query("update tickets set merged_at = merged_at - interval '8 days' where number = $1", [
    number,
  ]);
  const later = await done(agent.get(s(number), { 'if-none-match': tag }));
  assert.deepEqual([first.body.can.unmerge, later.body.can.unmerge], [true, false]);
  await done(agent.patch(s(number), { priority: 'low' }, { 'if-match': tag }));
});

const everything = sides.flatMap((side) => Object.keys(side.actions).map((action) => ({ side, action })));
const walk = fc.array(fc.constantFrom(...everything, 'age' as const, 'fill' as const, 'follow' as const), {
  minLength: 10,
  maxLength: 20,
});

/** Returns the ticket for the next step: with `isFollowed` the one that a split has made. */
async function step(number: number, { side, action }: (typeof everything)[number], isFollowed: boolean) {
  const can = (await canOf(side, number))[action];
  const response = await side.actions[action]?.(number);
  assert.ok(response);
  if (can && response.status === 409) {
    const named = /^Ticket (\d+) /.exec(response.body.detail)?.[1];
    assert.ok(
      named && Number(named) !== number,
      `${action} is refused for the ticket itself: ${response.text}`,
    );
    return number;
  }
  assert.equal(response.status === 200, can, `${action}: ${response.text}`);
  if (action === 'move' && can) await done(admin.post(s(number, '/move'), { account_id: acme.accountId }));
  return action === 'split' && can && isFollowed ? (response.body.number as number) : number;
}

test('`can` is true after any sequence of actions', async () => {
  await fc.assert(
    fc.asyncProperty(walk, async (steps) => {
      let number = await open();
      let isFollowed = false;
      for (const next of steps) {
        if (next === 'age') await age(number);
        else if (next === 'fill') await fill(number);
        else if (next === 'follow') isFollowed = true;
        else number = await step(number, next, isFollowed);
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
});
