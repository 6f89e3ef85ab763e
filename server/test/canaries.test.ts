/**
 * Nothing that staff write internally reaches a client by any path: random sequences of staff actions with a canary in
 * every internal text, followed by everything a client can read.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sendDueReplies } from '#desk/delayed-replies/send.ts';
import type { Caller, Response } from './caller.ts';
import { eventually } from './eventually.ts';
import { openInstance } from './instance.ts';
import { listen, openReader } from './sse.ts';
import { done, ticketIn, uploadOf } from './tickets.ts';

const sequences = Number(process.env.CANARIES ?? 120);
const seed = Number(process.env.CANARY_SEED ?? Date.now() % 2 ** 31);
const CANARY = 'quokka';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [anna, boris, admin] = [await instance.staff(), await instance.staff(), await instance.staff('admin')];

/** Who acts on which ticket. */
interface Scene {
  staff: Caller;
  number: number;
}

const ticket = ({ number }: Scene, verb = '') => `/staff/tickets/${number}${verb}`;
const publicComments = async ({ number }: Scene): Promise<number[]> => {
  const { items } = (await acme.get(`/support/tickets/${number}/comments`, { prefer: 'read-receipt=none' }))
    .body;
  return items.map(({ id }: { id: number }) => id);
};

/** Actions of staff, with the canary wherever the client must not see it. */
const actions: Record<string, (scene: Scene) => Promise<Response>> = {
  note: async (scene) => {
    const files = [await uploadOf(scene.staff, `${CANARY}.txt`)];
    return scene.staff.post(ticket(scene, '/comments'), { body: CANARY, internal: true, files });
  },
  response: (scene) => scene.staff.post(ticket(scene, '/comments'), { body: 'It is done' }),
  triage: (scene) => scene.staff.patch(ticket(scene), { tags: [CANARY], priority: 'high', assignee_id: 1 }),
  edit: (scene) => scene.staff.patch(ticket(scene), { summary: 'Disk full', topic_key: 'servers' }),
  see: (scene) => scene.staff.post(ticket(scene, '/read')),
  unsee: (scene) => scene.staff.post(ticket(scene, '/unread')),
  resolve: (scene) => scene.staff.post(ticket(scene, '/resolve')),
  close: (scene) => scene.staff.post(ticket(scene, '/close'), { reason: CANARY }),
  split: async (scene) => {
    const [, ...comment_ids] = await publicComments(scene);
    return scene.staff.post(ticket(scene, '/split'), { comment_ids, summary: 'Another matter' });
  },
  splitNote: async (scene) => {
    const { comments } = (await scene.staff.get(ticket(scene))).body;
    const comment_ids = comments.slice(1).map(({ id }: { id: number }) => id);
    return scene.staff.post(ticket(scene, '/split'), { comment_ids, summary: 'Notes and all' });
  },
  unsplit: async (scene) => {
    const response = await actions.splitNote?.(scene);
    if (response?.status !== 200) return scene.staff.post(ticket(scene, '/unsplit'));
    const target = { ...scene, number: response.body.number };
    await actions.note?.(target);
    return scene.staff.post(ticket(target, '/unsplit'));
  },
  merge: async (scene) => {
    const { number: into } = await ticketIn('open', acme, scene.staff);
    await actions.note?.({ ...scene, number: into });
    return scene.staff.post(ticket(scene, '/merge'), { into });
  },
  unmerge: async (scene) => {
    await actions.merge?.(scene);
    return scene.staff.post(ticket(scene, '/unmerge'));
  },
  reopenAsStaff: (scene) => scene.staff.post(ticket(scene, '/reopen')),
  draft: (scene) => scene.staff.put(ticket(scene, '/draft'), { body: CANARY }),
  delay: async (scene) => {
    const delayed = await scene.staff.post(ticket(scene, '/delayed-replies'), {
      body: CANARY,
      delay_seconds: 60,
    });
    if (delayed.status !== 200) return delayed;
    return scene.staff.delete(`/staff/delayed-replies/${delayed.body.delayed_reply_id}`);
  },
  lockNote: async (scene) => {
    const note = { body: CANARY, internal: true, delay_seconds: 0 };
    const response = await scene.staff.post(ticket(scene, '/delayed-replies'), note);
    await sendDueReplies(instance.database, (fault) => assert.fail(String(fault)));
    return response;
  },
  mention: (scene) =>
    scene.staff.post(ticket(scene, '/comments'), { body: CANARY, internal: true, mentions: [1] }),
  present: (scene) => scene.staff.put(ticket(scene, '/presence'), { state: 'writing' }),
  noteOnAccount: () => admin.put('/staff/accounts/by-external-id/acme', { name: 'Acme', note: CANARY }),
  view: (scene) => scene.staff.post('/staff/views', { name: CANARY, filter: { q: CANARY } }),
};

/** Actions of the client in between. */
const replies: Record<string, (scene: Scene) => Promise<Response>> = {
  comment: ({ number }) => acme.post(`/support/tickets/${number}/comments`, { body: 'And now?' }),
  reopen: ({ number }) => acme.post(`/support/tickets/${number}/reopen`, { body: 'Again' }),
  shut: ({ number }) => acme.post(`/support/tickets/${number}/close`, { score: 7 }),
};

const moves = { ...actions, ...replies };
const succeeded = new Set<string>();

const move = fc.record({
  name: fc.constantFrom(...Object.keys(moves)),
  byBoris: fc.boolean(),
  /** Which of the sequence's tickets. */
  at: fc.nat(3),
});

/**
 * Each action by itself, on a ticket with a reply or, where needed, a closed one, because random sequences may miss
 * it.
 */
const eachOnce = Object.keys(moves).map((name): [Array<{ name: string; byBoris: boolean; at: number }>] => {
  const before = name.startsWith('reopen') ? ['shut'] : [];
  return [[...before, name].map((one) => ({ name: one, byBoris: false, at: 0 }))];
});

test('no client ever reads what staff write internally', async (t) => {
  t.diagnostic(`CANARY_SEED=${seed} CANARIES=${sequences}`);
  const stream = await openReader(`${await listen(instance)}/support/events?after=0.0.0`, acme.token);
  await fc.assert(fc.asyncProperty(fc.array(move, { minLength: 2, maxLength: 8 }), play), {
    examples: eachOnce,
    numRuns: eachOnce.length + sequences,
    seed,
    endOnFailure: true,
  });
  assert.deepEqual(
    [...succeeded].sort(),
    Object.keys(moves).sort(),
    'each has to be carried out at least once',
  );

  const { number } = await ticketIn('open', acme, anna, { summary: 'The last one' });
  await eventually(() => stream.frames.at(-1)?.data.ticket?.number === number);
  assert.ok(!stream.text.includes(CANARY), 'the stream');
  stream.close();
});

async function play(played: Array<{ name: string; byBoris: boolean; at: number }>) {
  const { number } = await ticketIn('replied', acme, anna);
  const numbers = [number];
  for (const { name, byBoris, at } of played) {
    const scene = { staff: byBoris ? boris : anna, number: numbers[at % numbers.length] ?? number };
    const work = moves[name];
    assert.ok(work);
    const response = await work(scene);
    assert.ok(response.status < 500, `${name}: ${response.text}`);
    if (response.status === 200) succeeded.add(name);
    if (response.status === 200 && /^split/.test(name)) numbers.push(response.body.number);
    if (name in replies) hasNone(response, name);
  }
  for (const one of numbers) await readAll(one);
  const found = await done(acme.get(`/support/tickets?q=${CANARY}`));
  assert.equal(found.body.item_count, 0, 'found by a word of support’s');
}

/** Everything that a client can request about a ticket, and about staff data beside it. */
async function readAll(number: number) {
  const { comments } = (await done(anna.get(`/staff/tickets/${number}`))).body;
  const urls = [
    `/support/tickets/${number}`,
    `/support/tickets/${number}/comments`,
    '/support/tickets',
    '/support/topics',
    '/support/incidents',
  ];
  for (const { id, is_internal, files } of comments) {
    const hidden = [`/support/comments/${id}`];
    for (const { uuid } of files)
      hidden.push(`/files/public/files/${uuid}`, `/files/public/files/${uuid}/content`);
    if (!is_internal) urls.push(...hidden);
    else for (const url of hidden) assert.equal(hasNone(await acme.get(url), url).status, 404, url);
    if (is_internal)
      hasNone(await acme.post(`/support/comments/${id}/vote`, { score: 1 }), 'a vote on a note');
  }
  for (const url of urls) hasNone(await acme.get(url, { prefer: 'read-receipt=none' }), url);
}

function hasNone(response: Response, what: string): Response {
  assert.ok(
    !`${response.text} ${JSON.stringify(response.headers)}`.includes(CANARY),
    `${what}: ${response.text}`,
  );
  return response;
}
