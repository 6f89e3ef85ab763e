/** What every scenario needs: flags, a seed, its own instance, and the result. */
import { parseArgs } from 'node:util';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Instance, openInstance } from './instance.ts';

/** The next number of a seeded sequence, from 0 to below 1. */
export type Chance = () => number;

export interface Run<Flag extends string = string> {
  flags: Record<Flag, number>;
  chance: Chance;
  instance: Instance;
  /** Prints a figure. The scenario passes when all are fine. */
  check(isFine: boolean, figure: string): void;
}

/** Runs a scenario with integer flags (`--kills 50`), prints its figures, and exits with 1 when one is not fine. */
export async function scenario<Flag extends string>(
  name: string,
  defaults: Record<Flag, number>,
  work: (run: Run<Flag>) => Promise<void>,
) {
  const flags = readFlags<Flag | 'seed'>({ ...defaults, seed: Date.now() % 1_000_000 });
  console.log(`${name} --seed ${flags.seed}`);
  const figures: string[] = [];
  const failures: string[] = [];
  const check = (isFine: boolean, figure: string) => {
    console.log(`  ${isFine ? 'ok  ' : 'FAIL'}  ${figure}`);
    (isFine ? figures : failures).push(figure);
  };
  const instance = await openInstance();
  const generator = xoroshiro128plus(flags.seed);
  process.once('SIGINT', () => void instance.close({ keep: false }).then(() => process.exit(130)));
  try {
    await work({ flags, chance: () => uniformFloat64(generator), instance, check });
  } catch (error) {
    console.error(error);
    check(false, `it broke off: ${(error as Error).message}`);
  }
  const hasFailed = failures.length > 0;
  await instance.close({ keep: hasFailed });
  console.log(`${hasFailed ? 'FAIL' : 'PASS'} ${name}: ${(hasFailed ? failures : figures).join('; ')}`);
  process.exit(hasFailed ? 1 : 0);
}

/** The smallest value that is not exceeded by this share of the values. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export const count = (number: number) => number.toLocaleString('en');
export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function readFlags<Flag extends string>(defaults: Record<Flag, number>): Record<Flag, number> {
  const names = Object.keys(defaults) as Flag[]; // the keys of this very object
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ options });
  const flags = { ...defaults };
  for (const name of names) {
    const given = values[name];
    if (given === undefined) continue;
    if (!/^\d+$/.test(given)) throw new Error(`--${name} takes a whole number.`);
    flags[name] = Number(given);
  }
  return flags;
}
