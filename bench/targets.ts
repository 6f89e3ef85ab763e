/** The performance targets of the product, checked against a run. */
import type { Result } from './measure.ts';

export interface Facts {
  results: Result[];
  /** The same operations over 10,000 tickets, where the run had more. */
  small: Result[];
  bareHttp: number;
  rssMiB: number;
  readyMs: number;
}

export interface Verdict {
  target: string;
  found: string;
  /** Undefined when it could not be measured. */
  isMet: boolean | undefined;
}

export function judge(facts: Facts): Verdict[] {
  const { results, small, rssMiB, readyMs } = facts;
  const named = (name: string) => results.filter((result) => result.name === name);
  const verdicts: Verdict[] = [];
  const ratio = (name: string, to: 'pgbench' | 'the bare peer' | 'the ORM peer', least: number) => {
    for (const { many, pgbench, bare, orm } of named(name)) {
      const floor = { pgbench, 'the bare peer': bare?.perSecond, 'the ORM peer': orm?.perSecond }[to];
      const found = floor === undefined ? undefined : many.perSecond / floor;
      verdicts.push({
        target: `${name}: ≥ ${least} of ${to}`,
        found: found === undefined ? 'not measured' : found.toFixed(2),
        isMet: found === undefined ? undefined : found >= least,
      });
    }
  };
  const atMost = (target: string, found: number, most: number, unit: string) =>
    verdicts.push({
      target: `${target} ≤ ${most} ${unit}`,
      found: `${found.toFixed(1)} ${unit}`,
      isMet: found <= most,
    });

  for (const name of ['get ticket', 'comments of a ticket', 'list, page 1']) {
    ratio(name, 'pgbench', 0.6);
    ratio(name, 'the bare peer', 1);
  }
  for (const name of ['create ticket', 'comment']) {
    ratio(name, 'pgbench', 0.5);
    ratio(name, 'the bare peer', 0.4);
    ratio(name, 'the ORM peer', 1);
    for (const { many, databaseMs } of named(name)) {
      atMost(`${name}: p99`, many.p99, 80, 'ms');
      if (databaseMs !== undefined) atMost(`${name}: processor time of PostgreSQL`, databaseMs, 1.2, 'ms');
    }
  }
  for (const { name } of results.filter(({ name, orm }) => name.startsWith('search') && orm))
    ratio(name, 'the ORM peer', 1);
  ratio('search a word in 1 %', 'the bare peer', 2);
  for (const { name, many } of small) {
    for (const large of named(name)) {
      const factor = large.many.p99 / many.p99;
      verdicts.push({
        target: `${name}: p99 ≤ 1.5 × that at 10,000 tickets`,
        found: `${factor.toFixed(2)} × (${large.many.p99.toFixed(1)} ms)`,
        isMet: factor <= 1.5,
      });
    }
  }
  for (const { many } of named('list, page 1,000, big account'))
    atMost('page 1,000: p99', many.p99, 50, 'ms');
  const slowest = (target: string, pattern: RegExp, most: number) => {
    const matching = results.filter(({ name }) => pattern.test(name));
    if (matching.length === 0) return;
    for (const [load, connections] of [
      ['one', 1],
      ['many', 16],
    ] as const) {
      const found = Math.max(...matching.map((result) => result[load].p99));
      atMost(`${target}: p99 at ${connections}`, found, most, 'ms');
    }
  };
  slowest('search for any word', /^search/, 150);
  slowest('staff: any page of the queue', /^staff: queue, (?!search)/, 50);
  slowest('staff: search for any word', /^staff: queue, search/, 150);
  atMost('memory without PostgreSQL after the bench', rssMiB, 160, 'MiB');
  atMost('ready on an existing database', readyMs / 1000, 1, 's');
  const loop = Math.max(...results.map(({ loopP999Ms }) => loopP999Ms));
  verdicts.push({
    target: 'event-loop delay: p99.9 < 100 ms',
    found: `${loop.toFixed(1)} ms`,
    isMet: loop < 100,
  });
  return verdicts;
}
