/** A request sends no more statements than its operation has a budget for, however many rows it is about. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import type { KnownRoute } from '#platform/http/routes.ts';
import { furnish } from './acme.ts';
import { budgets, uncounted } from './budgets/budgets.ts';
import { type Counted, countStatements } from './budgets/count.ts';
import { manyThings } from './budgets/crowd.ts';
import { pagePath, statementsPage } from './budgets/page.ts';
import { type Trial, trials } from './budgets/trials.ts';
import { accessOf, ask, type Comparable, parameterOf, type Sample } from './call-route.ts';
import { guestAt, signInLinkAt } from './guests.ts';
import { openInstance } from './instance.ts';
import { invite, type People } from './people.ts';

const instance = await openInstance();
after(() => instance.close());
const people = await invite(instance);
const acme = await furnish(instance, people);
await manyThings(instance, people);
const count = countStatements(instance.database);

const operationOf = ({ options }: KnownRoute) => options.schema?.operationId;
const routes = new Map(
  instance.app.knownRoutes
    .filter((route) => route.method !== 'HEAD' && operationOf(route) !== undefined)
    .map((route) => [String(operationOf(route)), route]),
);

/** Whose request it is, unless the trial says so. */
const callers: Record<string, keyof People> = {
  client: 'owner',
  session: 'guest',
  staff: 'agent',
  admin: 'admin',
  service: 'service',
  public: 'agent',
};

for (const [name, { statements, transactions }] of Object.entries(budgets)) {
  test(`${name}: ${statements} statements`, async () => {
    const counted = await measure(name);
    const sent = `${counted.statements.length} statements:\n${counted.statements.join('\n')}`;
    assert.ok(counted.statements.length <= statements, `${name} may send ${statements}, and sent ${sent}`);
    assert.ok(
      counted.statements.length >= statements * 0.8 - 1,
      `lower the budget of ${name} to what it sent, ${sent}`,
    );
    assert.equal(counted.transactions, transactions, `transactions of ${name}`);
  });
}

test('every operation of the reference has a budget', () => {
  const named = new Set(Object.keys(budgets).map((name) => name.split(', ')[0]));
  const without = [...routes.keys()].filter(
    (operation) => !named.has(operation) && !(operation in uncounted),
  );
  assert.deepEqual(without, []);
});

test('the page about statements says what the budgets do', () => {
  assert.equal(readFileSync(pagePath, 'utf8'), statementsPage(), 'run "npm run budgets"');
});

/** Asks until something of what can be asked for is served. */
async function measure(name: string): Promise<Counted> {
  const route = routes.get(name.split(', ')[0] ?? '');
  assert.ok(route, `there is no operation ${name}`);
  const trial = (await trials[name]?.({ instance, people })) ?? {};
  const by = trial.by ?? callers[accessOf(route) ?? ''] ?? 'owner';
  const headers = trial.headers ?? (by === 'guest' ? await guestAt(instance) : people[by]).headers;
  const refusals: Comparable[] = [];
  for (const sample of await samplesFor(route, by, trials[name] && trial)) {
    const counted = await count(() => ask(instance, route, { headers, query: trial.query, sample }));
    if (counted.result.status < 400) return counted;
    refusals.push(counted.result);
  }
  throw new Error(`${name} was refused: ${refusals.map(({ text }) => text).join('\n')}`);
}

async function samplesFor(route: KnownRoute, by: keyof People, trial?: Trial): Promise<Sample[]> {
  const parameter = parameterOf(route)?.name;
  const side = ['client', 'session'].includes(accessOf(route) ?? '') ? 'client' : 'staff';
  const known = { account_id: people.owner.accountId, ...trial?.body };
  if (operationOf(route) === 'openClientSession')
    return [{ value: '', known: { code: await signInLinkAt(instance) } }];
  if (trial && (trial.value !== undefined || !parameter))
    return [{ value: String(trial.value ?? ''), known }];
  const own = parameter ? await acme.own(parameter, side) : await acme.needed(String(operationOf(route)));
  return own
    .filter(({ of = by }) => of === by)
    .map((sample) => ({ ...sample, known: { ...known, ...sample.known } }));
}
