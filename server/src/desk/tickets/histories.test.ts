/**
 * Random histories of a ticket: bursts of everything clients and staff can do, concurrently on two processes. No
 * history may end in a state that no sequential order of its verbs could reach. HISTORIES says how many, HISTORY_SEED
 * which.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller, Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { createRandom, type Random } from '#test/random.ts';
import { shapeRules } from '#test/shape-rules.ts';
import { done } from '#test/tickets.ts';
import { stateRules } from '../../../../chaos/rules.ts';

const histories = Number(process.env.HISTORIES ?? 150);
const seed = Number(process.env.HISTORY_SEED ?? Date.now() % 2 ** 31);
const LANES = 6; // accounts, in each of which one history follows another

const instance = await openInstance();
after(() => instance.close());
const otherProcess = await instance.otherProcess();

/** A history in progress, and what its verbs can refer to. */
interface Scene {
  random: Random;
  clients: Caller[];
  staff: Caller[];
  /** The ticket, one to merge it with, and those created by splits. */
  tickets: number[];
  comments: Array<{ id: number; on: number; isReply: boolean }>;
  split: number[];
  merged: number[];
  bulks: number[];
  told: string[];
}

type Verb = (scene: Scene) => Promise<Response>;

let marks = 0;
const said = () => `Said w${++marks}`;
const client = ({ random, clients }: Scene) => random.pick(clients);
const agent = ({ random, staff }: Scene) => random.pick(staff);
/** Mostly the main ticket of the history. */
const number = ({ random, tickets }: Scene) =>
  random.chance(0.6) ? Number(tickets[0]) : random.pick(tickets);
const atClient = (scene: Scene, verb = '') => `/support/tickets/${number(scene)}${verb}`;
const atStaff = (scene: Scene, verb = '') => `/staff/tickets/${number(scene)}${verb}`;
const oneOf = ({ random, tickets, ...scene }: Scene, kind: 'split' | 'merged') =>
  random.pick(scene[kind].length > 0 ? scene[kind] : tickets);

/** A reply, if there is one. */
function atComment({ random, comments }: Scene) {
  const responses = comments.filter(({ isReply }) => isReply);
  return `/support/comments/${random.pick(responses.length > 0 ? responses : comments).id}/vote`;
}

const split: Verb = (scene) => {
  const { on } = scene.random.pick(scene.comments);
  const there = scene.comments.filter((comment) => comment.on === on).map(({ id }) => id);
  const comment_ids = scene.random.shuffle(there).slice(0, scene.random.int(1, 2));
  return agent(scene).post(`/staff/tickets/${on}/split`, { comment_ids, summary: 'Another thing' });
};

const verbs: Record<string, Verb> = {
  comment: (scene) => client(scene).post(atClient(scene, '/comments'), { body: said() }),
  guarded: async (scene) => {
    const ticket = atClient(scene);
    const { etag } = (await client(scene).get(ticket)).headers;
    return client(scene).post(`${ticket}/comments`, { body: said() }, { 'if-match': String(etag) });
  },
  list: (scene) => client(scene).get(atClient(scene, '/comments')),
  read: (scene) => client(scene).post(atClient(scene, '/read')),
  close: (scene) => client(scene).post(atClient(scene, '/close'), { comment: 'Thank you' }),
  closeAndVote: (scene) => client(scene).post(atClient(scene, '/close'), { score: scene.random.int(1, 10) }),
  reopen: (scene) => client(scene).post(atClient(scene, '/reopen'), { body: said() }),
  vote: (scene) => client(scene).post(atClient(scene, '/vote'), { score: scene.random.int(1, 10) }),
  voteOnComment: (scene) => client(scene).post(atComment(scene), { score: scene.random.pick([1, -1]) }),
  deleteCommentVote: async (scene) => {
    const vote = atComment(scene);
    await client(scene).post(vote, { score: 1 });
    return client(scene).delete(vote);
  },
  alias: (scene) =>
    client(scene).patch(atClient(scene), { client_aliased_name: scene.random.pick(['Ivan', 'Olga']) }),
  response: (scene) =>
    agent(scene).post(atStaff(scene, '/comments'), {
      body: said(),
      status_key: scene.random.pick(['in_progress', 'await_client', 'resolved']),
    }),
  note: (scene) => agent(scene).post(atStaff(scene, '/comments'), { body: said(), internal: true }),
  resolve: (scene) => agent(scene).post(atStaff(scene, '/resolve')),
  closeAsStaff: (scene) => agent(scene).post(atStaff(scene, '/close'), { reason: 'spam' }),
  reopenAsStaff: (scene) => agent(scene).post(atStaff(scene, '/reopen')),
  see: (scene) => agent(scene).post(atStaff(scene, scene.random.pick(['/read', '/unread']))),
  triage: (scene) => agent(scene).patch(atStaff(scene), { priority: scene.random.pick(['low', 'high']) }),
  assign: (scene) => agent(scene).patch(atStaff(scene), { assignee_id: scene.random.pick([1, 2, null]) }),
  tag: (scene) =>
    agent(scene).patch(atStaff(scene), { tags: scene.random.pick([['vip'], ['disk', 'vip'], []]) }),
  notify: (scene) =>
    client(scene).patch(atClient(scene), {
      client_emails: scene.random.pick([[], ['a@b.example'], ['c@b.example']]),
    }),
  mention: (scene) =>
    agent(scene).post(atStaff(scene, '/comments'), { body: said(), internal: true, mentions: [1, 2] }),
  edit: (scene) => agent(scene).patch(atStaff(scene), { summary: 'Disk full', topic_key: 'servers' }),
  snooze: (scene) => agent(scene).post(atStaff(scene, '/snooze'), { until_reply: true }),
  unsnooze: async (scene) => {
    const ticket = atStaff(scene);
    await agent(scene).post(`${ticket}/snooze`, { until_reply: true });
    return agent(scene).post(`${ticket}/unsnooze`);
  },
  split,
  unsplit: async (scene) => {
    if (scene.split.length === 0) await perform(scene, ['split', split]);
    return agent(scene).post(`/staff/tickets/${oneOf(scene, 'split')}/unsplit`);
  },
  merge: (scene) => {
    const [part, into] = scene.random.shuffle(scene.tickets);
    return agent(scene).post(`/staff/tickets/${part}/merge`, { into });
  },
  unmerge: (scene) => agent(scene).post(`/staff/tickets/${oneOf(scene, 'merged')}/unmerge`),
  bulk: (scene) => {
    const ticket_numbers = scene.random.shuffle(scene.tickets);
    const work = scene.random.pick([
      { action: 'resolve' },
      { action: 'close' },
      { action: 'unread' },
      { change: { add_tags: ['outage'], topic_key: 'servers' } },
      { reply: { body: said(), delay_seconds: 0 }, change: { add_tags: ['outage'] }, action: 'close' },
      { action: 'merge', into: scene.random.pick(scene.tickets) },
      { action: 'snooze', snooze: { until_reply: true } },
    ]);
    return agent(scene).post('/staff/bulk', { ticket_numbers, ...work });
  },
  undoBulk: (scene) => agent(scene).post(`/staff/bulk/${scene.bulks.at(-1) ?? 1}/undo`),
};
const named = Object.entries(verbs);
const outcomes = new Map<string, number>();

test('concurrent verbs leave a ticket in a state that some order of them leads to', async (t) => {
  t.diagnostic(`HISTORY_SEED=${seed} HISTORIES=${histories}`);
  const startedAt = performance.now();
  let left = histories;
  const lane = async (_: unknown, i: number) => {
    const random = createRandom(seed + i);
    const people = await invite(i);
    while (left-- > 0) await play({ random, ...people, ...(await open(people)) });
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  t.diagnostic(`${histories} histories of ${requests} requests in ${seconds.toFixed(0)} s`);
  for (const [outcome, count] of [...outcomes].sort()) t.diagnostic(`${count} × ${outcome}`);

  const carriedOut = [...outcomes.keys()].filter((outcome) => outcome.endsWith(' 200'));
  assert.deepEqual(
    carriedOut.map((outcome) => outcome.split(' ')[0]).sort(),
    Object.keys(verbs).sort(),
    'each verb has to be carried out at least once',
  );
  for (const [rule, sql] of Object.entries({ ...stateRules, ...shapeRules })) {
    assert.deepEqual((await instance.query(sql)).slice(0, 5), [], rule);
  }
  assert.deepEqual(
    [...instance.log, ...otherProcess.log].filter((line) => /"level":(50|60)/.test(line)),
    [],
  );
});

/** Two of each, one per process. */
async function invite(lane: number) {
  const account = `lane-${lane}`;
  return {
    clients: [await instance.client(account), await otherProcess.client(account)],
    staff: [await instance.staff('admin'), await otherProcess.staff('admin')],
  };
}

/** Two tickets, with a reply and a comment on each. */
async function open({ clients, staff }: Pick<Scene, 'clients' | 'staff'>) {
  const tickets: number[] = [];
  for (const [i, one] of clients.entries()) {
    const ticket = { summary: 'Disk full', comment_body: said() };
    const { number } = (await done(one.post('/support/tickets', ticket))).body;
    await done((staff[i] as Caller).post(`/staff/tickets/${number}/comments`, { body: said() })); // as many as clients
    await done(one.post(`/support/tickets/${number}/comments`, { body: said() }));
    tickets.push(number);
  }
  const comments = await instance.query<Scene['comments'][number]>(
    `select id, ticket_number as on, not is_client_author as "isReply"
     from comments where ticket_number = any($1)`,
    [tickets],
  );
  return { tickets, comments, split: [], merged: [], bulks: [], told: [] };
}

let requests = 0;

async function play(scene: Scene) {
  for (let burst = 0; burst < 4; burst++) {
    const chosen = Array.from({ length: scene.random.int(2, 5) }, () => scene.random.pick(named));
    await Promise.all(chosen.map((verb) => perform(scene, verb)));
  }
}

/** Allowed responses: a success, or a refusal for the current state. A comment may also have left the ticket. */
const expected = /^(200|404|409|412|400 unknown_comment)/;

async function perform(scene: Scene, [name, verb]: [string, Verb]) {
  const { status, body, text } = await verb(scene);
  requests++;
  const outcome = status === 200 ? '200' : `${status} ${body.code}`;
  scene.told.push(`${name} ${outcome}`);
  outcomes.set(`${name} ${outcome}`, (outcomes.get(`${name} ${outcome}`) ?? 0) + 1);
  assert.match(outcome, expected, `${name}: ${text}\nafter ${scene.told.join(', ')}`);
  if (status !== 200) return;
  if (['response', 'note', 'mention'].includes(name)) {
    scene.comments.push({ id: body.id, on: body.ticket_number, isReply: !body.is_internal });
  }
  if (name === 'split') {
    scene.tickets.push(body.number);
    scene.split.push(body.number);
  }
  if (name === 'merge') scene.merged.push(body.number);
  if (name === 'bulk') scene.bulks.push(body.bulk_id);
}
