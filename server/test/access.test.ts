/** Access control: calls every route as every kind of caller. New routes are included automatically. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { after, test } from 'node:test';
import Fastify from 'fastify';
import { guardAccess } from '#people/access/access.ts';
import { isClientVisible, typesWhere } from '#platform/events/types.ts';
import type { KnownRoute } from '#platform/http/routes.ts';
import { CLIENT_WORD, furnish, type Side, STAFF_WORD } from './acme.ts';
import {
  accessOf,
  ask,
  type Comparable,
  isRead,
  nameOf,
  parameterOf,
  type Sample,
  statusesMet,
} from './call-route.ts';
import type { Caller } from './caller.ts';
import type { JsonSchema } from './example.ts';
import { guestAt, signInLinkAt } from './guests.ts';
import { openInstance } from './instance.ts';
import { invalidRequests, invite, type People } from './people.ts';
import { storingNothing } from './refusals.ts';
import { ticketIn } from './tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const people = await invite(instance);
const acme = await furnish(instance, people);
const { owner, withoutMarks, stranger, agent } = people;
const routes = instance.app.knownRoutes;
const guarded = routes.filter((route) => accessOf(route) !== 'public');
const clientReads = routes
  .filter(({ method }) => method === 'GET')
  .filter((route) => accessOf(route) === 'client');

/** Who may use each access. */
const allowedCallers: Record<string, Array<keyof People>> = {
  public: ['owner', 'withoutMarks', 'stranger', 'agent', 'admin', 'service', 'guest'],
  client: ['owner', 'withoutMarks', 'stranger', 'guest'],
  session: ['guest'],
  staff: ['agent', 'admin', 'signedIn'],
  admin: ['admin'],
  service: [],
};
const everybody = Object.keys(people) as Array<keyof People>; // the keys of this very object
const mayAsk = (route: KnownRoute): Array<keyof People> => [
  ...(allowedCallers[accessOf(route) ?? ''] ?? []),
  ...(route.options.config?.service ? (['service'] as const) : []),
];
const sideOf = (route: KnownRoute): Side =>
  ['client', 'session'].includes(accessOf(route) ?? '') ? 'client' : 'staff';
const by = ({ headers }: Caller) => headers;

/** Resources of acme for this route. A route without a path parameter is called as it is. */
async function ownOf(route: KnownRoute): Promise<Sample[]> {
  const parameter = parameterOf(route);
  const code =
    'code' in fieldsOf(route) && accessOf(route) === 'public' ? await signInLinkAt(instance) : undefined;
  const known = { account_id: owner.accountId, code };
  const samples = parameter
    ? await acme.own(parameter.name, sideOf(route))
    : await acme.needed(String(route.options.schema?.operationId));
  return samples.map((sample) => ({ ...sample, known: { ...known, ...sample.known } }));
}

const kept = new Map<string, Sample[]>();

/** The same, for calls that change nothing: routes with the same parameter share their resources. */
async function keptOf(route: KnownRoute): Promise<Sample[]> {
  const key = `${parameterOf(route)?.name ?? route.options.schema?.operationId} ${sideOf(route)}`;
  const own = kept.get(key) ?? (await ownOf(route));
  kept.set(key, own);
  return own;
}

/** Each route with its resources, created beforehand, so that the call itself can be checked to store nothing. */
async function withOwn(asked: KnownRoute[]) {
  const pairs = [];
  for (const route of asked) pairs.push({ route, own: await keptOf(route) });
  return pairs;
}

/** Ids of nothing, by the type of the path parameter. The first of each is well-formed. */
const nothing: Record<string, string[]> = {
  integer: [
    ...['999999999', '0', '-1', '9007199254740993', '18446744073709551617'],
    ...['abc', '01', '1e3', '1.0', '0x10', '+1', '1%20', '%D9%A1', 'null', 'NaN'],
  ],
  uuid: [randomUUID(), 'not-a-uuid', acme.upload.replaceAll('-', ''), `%7B${acme.upload}%7D`, 'null'],
  string: ['no-such-key', 'null', '..%2f', '%F0%9F%98%80'],
};

/** Why each public route is public, and the refusal where it needs a secret other than a token. */
const whyPublic: Record<string, { why: string; refusal?: [status: number, code: string] }> = {
  'GET /health/live': { why: 'a supervisor asks whether the process runs' },
  'GET /health/ready': { why: 'a balancer asks whether to send requests' },
  'GET /metrics': { why: 'has a rule of its own: this machine, or a bearer token' },
  'GET /': { why: 'leads to the faces and the reference' },
  'POST /demo/sign-in': {
    why: 'has a rule of its own: this machine, with demo data',
    refusal: [404, 'page_not_found'],
  },
  'GET /console': { why: 'the program of the console is no secret' },
  'GET /console/*': { why: 'the same' },
  'GET /portal': { why: 'the program of the portal is no secret' },
  'GET /portal/*': { why: 'the same' },
  'GET /support/session': { why: 'the page of a sign-in link, whose code no server sees' },
  'GET /openapi.json': { why: 'the reference is no secret' },
  'POST /support/session': { why: 'the panel’s single sign-on, a secret itself, is exchanged for a key' },
  'POST /staff/session': { why: 'who signs in has no key yet', refusal: [401, 'wrong_credentials'] },
  'DELETE /staff/session': { why: 'who signs out may have no session any more' },
  'GET /staff/session/methods': { why: 'a page asks before anybody signs in' },
  'GET /staff/session/oidc': {
    why: 'sends a browser elsewhere, once it is set up',
    refusal: [404, 'page_not_found'],
  },
  'GET /staff/session/oidc/callback': {
    why: 'who comes back has a ticket',
    refusal: [404, 'page_not_found'],
  },
  'POST /staff/session/accept': {
    why: 'who was invited has a secret only',
    refusal: [401, 'wrong_invitation'],
  },
};

/** Headers that must not reveal whether something exists. */
const conditions = { 'if-none-match': '*', 'if-match': '"1-x"', range: 'bytes=0-0' };

const fieldsOf = ({ options }: KnownRoute) =>
  (options.schema?.body as JsonSchema | undefined)?.properties ?? {};

test('every route declares its access, and only what is no secret is public', () => {
  for (const route of routes) assert.ok(accessOf(route), nameOf(route));
  const open = routes.filter((route) => accessOf(route) === 'public' && !route.url.startsWith('/docs'));
  assert.deepEqual(
    open
      .map(nameOf)
      .filter((name) => !/^HEAD/.test(name))
      .sort(),
    Object.keys(whyPublic).sort(),
  );
  for (const route of guarded) {
    const prefix = sideOf(route) === 'client' ? /^\/(support|files)\// : /^\/staff\//;
    assert.match(route.url, prefix, `${nameOf(route)} for ${accessOf(route)}`);
  }
});

test('a route that does not declare its access fails at start', () => {
  const app = Fastify();
  guardAccess(app, { authenticate: () => assert.fail(), recordUse: () => {} });
  assert.throws(() => app.get('/careless', async () => 'hello'), /GET \/careless does not state its access/);
});

test('every route works for those who may use it', async () => {
  for (const route of routes.filter((route) => !whyPublic[nameOf(route)]?.refusal)) {
    for (const name of mayAsk(route).filter((name) => name !== 'stranger')) {
      const statuses = [];
      const own = await (isRead(route) ? keptOf(route) : ownOf(route));
      for (const sample of own.filter(({ of = name }) => of === name)) {
        const who = name === 'guest' ? await guestAt(instance) : people[name]; // of acme, and new: the route may end the session
        statuses.push((await ask(instance, route, { headers: by(who), sample })).status);
      }
      const what = `${nameOf(route)} for ${name}: ${statuses}`;
      assert.ok(
        statuses.some((status) => status < 400),
        what,
      );
      // The state of a resource may make it refuse; nothing else may.
      assert.ok(
        statuses.every((status) => status < 400 || status === 409),
        what,
      );
    }
  }
});

test('a public route that needs a secret of its own refuses everybody without it, even with a valid token', async () => {
  for (const route of routes) {
    const { refusal } = whyPublic[nameOf(route)] ?? {};
    for (const name of refusal ? everybody : []) {
      const { status, text } = await ask(instance, route, { headers: by(people[name]) });
      const seen = [status, JSON.parse(text).code];
      assert.deepEqual(seen, refusal, `${nameOf(route)} for ${name}: ${text}`);
    }
  }
});

test('every caller without a valid token gets the same 401, and nothing is stored', async () => {
  const knocks = Object.entries(await invalidRequests(instance));
  const asked = await withOwn(guarded);
  const first = new Map<string, Comparable>();
  await storingNothing(instance, async () => {
    for (const { route, own } of asked) {
      for (const [name, knock] of knocks) {
        const seen = await ask(instance, route, { ...knock, sample: own[0] });
        const expected = first.get(route.method) ?? seen;
        first.set(route.method, expected);
        assert.equal(seen.status, 401, `${nameOf(route)} with ${name}`);
        assert.deepEqual(seen, expected, `${nameOf(route)} with ${name}`);
      }
    }
  });
});

test('two X-Token headers are refused, even when both are valid', async () => {
  const address = await instance.app.listen({ port: 0, host: '127.0.0.1' });
  for (const keys of [
    [owner.token, owner.token],
    [owner.token, 'x'],
    ['x', owner.token],
  ]) {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { 'x-token': keys };
      httpRequest(`${address}/support/tickets`, { headers }, resolve).on('error', reject).end();
    });
    assert.equal(response.statusCode, 401);
    assert.equal(((await json(response)) as { code: string }).code, 'unauthorized');
  }
});

test('a valid token of the wrong kind gets a 403 that reveals nothing, and stores nothing', async () => {
  const asked = await withOwn(guarded);
  await storingNothing(instance, async () => {
    for (const { route, own } of asked) {
      const { type = '' } = parameterOf(route) ?? {};
      const samples = [...own, ...(nothing[type] ?? []).map((value) => ({ value }))];
      for (const name of everybody.filter((name) => !mayAsk(route).includes(name))) {
        const responses: Comparable[] = [];
        for (const sample of samples) {
          responses.push(await ask(instance, route, { headers: by(people[name]), sample }));
        }
        for (const response of responses) {
          assert.equal(response.status, 403, `${nameOf(route)} for ${name}`);
          assert.deepEqual(response, responses[0], `${nameOf(route)} for ${name}`);
        }
      }
    }
  });
});

test('what belongs to another, is hidden, out of range or malformed gets the same response as what does not exist', async () => {
  const named = guarded.filter((route) => parameterOf(route));
  // A PUT that creates what does not exist has no such response.
  const asked = await withOwn(named.filter((route) => parameterOf(route)?.name !== 'external_id'));
  await storingNothing(instance, async () => {
    for (const { route, own } of asked) {
      const { name: parameter = '', type = '' } = parameterOf(route) ?? {};
      const [missing = '', ...malformed] = nothing[type] ?? [];
      const others = [...acme.hidden(parameter, sideOf(route)), ...malformed].map((value) => ({ value }));
      for (const name of mayAsk(route)) {
        const headers = { ...conditions, ...by(people[name]) };
        const absent = await ask(instance, route, { headers, sample: { value: missing } });
        assert.equal(absent.status, 404, nameOf(route));
        for (const sample of name === 'stranger' ? own : others) {
          const seen = await ask(instance, route, { headers, sample });
          assert.deepEqual(seen, absent, `${nameOf(route)} for ${name}: ${sample.value}`);
        }
      }
    }
  });
});

test('every operation that takes files refuses an upload of another account like one that does not exist', async () => {
  const takesFiles = guarded.filter((route) => sideOf(route) === 'client' && 'files' in fieldsOf(route));
  assert.ok(takesFiles.length >= 3, 'create, comment, reopen');
  for (const route of takesFiles) {
    const refusals: string[] = [];
    for (const state of ['replied', 'closed'] as const) {
      const value = String((await ticketIn(state, stranger, agent)).number);
      const send = (uuid: string) =>
        ask(instance, route, { headers: by(stranger), sample: { value, known: { files: [uuid] } } });
      await storingNothing(instance, async () => {
        const foreign = await send(acme.upload);
        assert.deepEqual(foreign, await send(randomUUID()), nameOf(route));
        refusals.push(foreign.text);
      });
    }
    assert.match(refusals.join(' '), /"unknown_file"/, nameOf(route));
  }
});

test('reading changes nothing, except when the owning client lists comments', async () => {
  const asked = await withOwn(routes.filter(isRead));
  await storingNothing(instance, async () => {
    for (const { route, own } of asked) {
      const readers: Caller[] = [withoutMarks, stranger, agent, people.admin];
      if (route.method === 'HEAD') readers.push(owner);
      for (const who of readers) {
        for (const sample of own) await ask(instance, route, { headers: by(who), sample });
      }
    }
  });
  const { number } = await ticketIn('replied', owner, agent);
  const lists = () => owner.get(`/support/tickets/${number}/comments`);
  await assert.rejects(storingNothing(instance, lists), /nothing may be stored/);
});

test('no client can read a word, a number or a count of another account', async () => {
  const { number } = await ticketIn('replied', stranger, agent);
  const foreign = new RegExp(
    [CLIENT_WORD, STAFF_WORD, ...acme.names.map((name) => `\\b${name}\\b`)].join('|'),
  );
  const queries = ['', 'items_per_page=1000', 'only_closed=true', ...acme.names.map((name) => `q=${name}`)];
  for (const route of clientReads.filter((route) => !parameterOf(route))) {
    for (const query of [
      ...queries,
      `q=${CLIENT_WORD}`,
      `q=${STAFF_WORD}`,
      `q=${CLIENT_WORD}@clients.example`,
    ]) {
      const { text } = await ask(instance, route, { headers: by(stranger), query });
      assert.doesNotMatch(text, foreign, `${nameOf(route)}?${query}`);
      if (query.startsWith('q='))
        assert.doesNotMatch(text, /"item_count":[1-9]/, `${nameOf(route)}?${query}`);
    }
  }
  const [own] = await instance.query('select count(*) from tickets where account_id = $1', [
    stranger.accountId,
  ]);
  assert.equal((await stranger.get('/support/tickets')).body.item_count, own?.count);
  assert.doesNotMatch(await eventsOf(stranger, number), foreign);
});

test('no client can read a word that is for staff only', async () => {
  for (const route of clientReads) {
    const value = acme.full[parameterOf(route)?.name ?? ''];
    const { text } = await ask(instance, route, { headers: by(owner), sample: { value: value ?? '' } });
    assert.doesNotMatch(text, new RegExp(STAFF_WORD), nameOf(route));
  }
  for (const query of [`q=${STAFF_WORD}`, `q=${STAFF_WORD.slice(0, 4)}`]) {
    assert.equal((await owner.get(`/support/tickets?${query}`)).body.item_count, 0);
  }
  const { number } = await ticketIn('replied', owner, agent);
  const events = await eventsOf(owner, number);
  assert.match(events, new RegExp(CLIENT_WORD));
  assert.doesNotMatch(events, new RegExp(STAFF_WORD));
  for (const [, type = ''] of events.matchAll(/^event: (.*)$/gm)) {
    assert.ok(
      typesWhere(() => true).some((one) => one === type && isClientVisible(one)),
      type,
    );
  }
  const seenByStaff = (await agent.get(`/staff/tickets/${acme.full.ticket_number}`)).text;
  assert.match(seenByStaff, new RegExp(STAFF_WORD));
});

test('every status that these tests met is in the reference', () => {
  const { paths } = JSON.parse(JSON.stringify(instance.app.swagger()));
  for (const [route, statuses] of statusesMet) {
    const operation = paths[route.url.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
    const missing = [...statuses].filter((status) => operation && !(status in operation.responses));
    assert.deepEqual(missing, [], nameOf(route));
  }
});

/** The client's stream from its first event up to this ticket, which is newer than everything that is checked. */
async function eventsOf({ token }: Caller, number: number): Promise<string> {
  const response = await instance.app.inject({
    url: '/support/events?after=0.0.0',
    headers: { 'x-token': token },
    payloadAsStream: true,
  });
  let text = '';
  for await (const chunk of response.stream()) {
    text += chunk;
    if (text.includes(`"number":${number}`)) break;
  }
  return text;
}
