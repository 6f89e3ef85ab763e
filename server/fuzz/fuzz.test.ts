/**
 * Sends valid and mutated requests to every operation of the product's own OpenAPI document. FUZZ_SEED repeats a run,
 * FUZZ_RUNS (requests in total) makes it longer: `npm run fuzz`.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { isEmail } from '#platform/http/schemas.ts';
import type { Caller, Response } from '#test/caller.ts';
import { guestAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { legalRequests, type Operation, type Request, requestsTo } from './requests.ts';
import { type Callers, knownTo } from './things.ts';

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.FUZZ_RUNS ?? 1000);

const instance = await openInstance();
after(() => instance.close());
// Small numbers are tried as ids: these tokens and staff are not needed otherwise.
for (let i = 0; i < 20; i++) await Promise.all([instance.client('spare'), instance.staff('agent')]);
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const callers: Callers = {
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
  return access === 'session' ? guestAt(instance) : (callers[access as keyof Callers] ?? acme);
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
    let last: Response | undefined;
    await fc.assert(
      fc.asyncProperty(
        requestsTo(operation, await knownTo(instance, callers, operation, caller)),
        async ({ isLegal, ...request }) => {
          const response = await caller.send(request);
          assertExpected(operation, response, isLegal);
          if (response.status < 300) done++;
        },
      ),
      { seed, numRuns: Math.ceil(runs / operations.length) },
    );
    for (let i = 0; done === 0 && i < 500 && !isDrawnApart(operation); i++) {
      // All of the few generated requests were mutated ones, or one of a kind that is carried out once in thirty times.
      const [request] = fc.sample(
        legalRequests(operation, await knownTo(instance, callers, operation, caller)),
        {
          seed: seed + i,
          numRuns: 1,
        },
      );
      if (!request) continue;
      last = await caller.send(request);
      if (last.status < 300) done++;
    }
    assert.ok(
      done > 0 || isDrawnApart(operation),
      `some of the requests have to be carried out, not all refused like ${last?.text}`,
    );
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

const validators = new Map<string, ValidateFunction>();

function assertFits(value: unknown, at: string[], what: string) {
  const pointer = at.map((step) => encodeURIComponent(step.replaceAll('/', '~1'))).join('/');
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `api#/${pointer}` });
  validators.set(pointer, validate);
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
