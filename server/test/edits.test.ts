/** Concurrent edits of settings: two people who edit at once do not undo each other's changes. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from '#platform/sql.ts';
import { openInstance } from './instance.ts';
import { done } from './tickets.ts';
import { waitingFor } from './waiting.ts';

const instance = await openInstance();
after(() => instance.close());
const admin = await instance.staff('admin');

interface Thing {
  url: string;
  noun: string;
  input: object;
  /** Two changes, of different fields. */
  changes: [object, object];
}

const name = { en: 'Mail', ru: 'Почта' };
const hours = { mon: [{ from: '09:00', to: '18:00' }] };

/** By table. */
const things: Record<string, Thing> = {
  views: {
    url: '/staff/views',
    noun: 'view',
    input: { name: 'Mine', filter: {}, is_shared: true },
    changes: [{ name: 'All' }, { position: 7 }],
  },
  canned_responses: {
    url: '/staff/canned-responses',
    noun: 'canned_response',
    input: { title: 'Hello', shortcut: 'hello', bodies: { en: 'Hello' } },
    changes: [{ title: 'Hi' }, { shortcut: 'hi' }],
  },
  calendars: {
    url: '/staff/calendars',
    noun: 'calendar',
    input: { name: 'Mondays', time_zone: 'UTC', hours },
    changes: [{ name: 'Office' }, { time_zone: 'Asia/Tokyo' }],
  },
  sla_policies: {
    url: '/staff/sla-policies',
    noun: 'sla_policy',
    input: { first_response_minutes: 60 },
    changes: [{ first_response_minutes: 30 }, { resolution_minutes: 600 }],
  },
  inactivity_rules: {
    url: '/staff/inactivity-rules',
    noun: 'inactivity_rule',
    input: { close_after_days: 5 },
    changes: [{ is_enabled: true }, { close_resolved_after_days: 3 }],
  },
  sso_keys: {
    url: '/staff/sso-keys',
    noun: 'sso_key',
    input: { name: 'Panel', algorithm: 'HS256' },
    changes: [{ name: 'Shop' }, { issuer: 'https://shop.example' }],
  },
  incidents: {
    url: '/staff/incidents',
    noun: 'incident',
    input: { title: name },
    changes: [{ title: { ...name, en: 'Post' } }, { topic_keys: ['servers'] }],
  },
  topics: {
    url: '/staff/topics',
    noun: 'topic',
    input: { key: 'mail', name },
    changes: [{ name: { ...name, en: 'Post' } }, { position: 7 }],
  },
};

/** What is never deleted. */
const lasting = ['incidents', 'topics'];

for (const [table, { url, noun, input, changes }] of Object.entries(things)) {
  const recorded = async (verb: string) =>
    (
      await instance.query<{ data: { before: object; after: object } }>(
        'select data from events where type = $1 order by id',
        [`${noun}.${verb}`],
      )
    ).map(({ data }) => data);
  /** Two requests that both wait for the table's rows, and are then released together. */
  const together = async (send: (i: number) => ReturnType<typeof admin.get>) =>
    instance.database
      .transact(async (tx) => {
        await sql`select from ${sql.id(table)} for update`.execute(tx);
        const sent = Promise.all([send(0), send(1)]);
        await waitingFor(instance, 2);
        return { sent };
      })
      .then(({ sent }) => sent);
  const add = async () => `${url}/${Object.values((await done(admin.post(url, input))).body)[0]}`;

  test(`${table}: two concurrent changes of different fields both take effect`, async () => {
    const one = await add();
    const responses = await together((i) => admin.patch(one, changes[i]));
    assert.deepEqual(
      responses.map(({ status }) => status),
      [200, 200],
    );
    const stored = (await done(admin.get(url))).body.items.at(-1);
    assert.deepEqual({ ...stored, ...changes[0], ...changes[1] }, stored);
    const [first, second, ...others] = await recorded('changed');
    assert.deepEqual(others, []);
    assert.deepEqual(second?.before, first?.after);
    assert.notDeepEqual(second?.after, second?.before);
    if (!lasting.includes(table)) await done(admin.delete(one));
  });

  if (lasting.includes(table)) continue;
  test(`${table}: of two concurrent deletions, one gets a 404`, async () => {
    const one = await add();
    const before = (await recorded('deleted')).length;
    const responses = await together(() => admin.delete(one));
    assert.deepEqual(responses.map(({ status }) => status).sort(), [200, 404]);
    assert.equal((await recorded('deleted')).length, before + 1);
  });
}
