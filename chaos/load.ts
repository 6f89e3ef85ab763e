/** Writers that work while something goes wrong, and which responses they may get. */
import type { Ledger } from './ledger.ts';
import { count, type Run } from './scenario.ts';
import type { ServerProcess } from './server.ts';
import { until } from './until.ts';
import { keepWriting } from './writers.ts';

export interface Load extends Pick<Run, 'chance' | 'check'> {
  /** Writers take turns with the clients. */
  tokens: { clients: string[]; staff: string };
  ledger: Ledger;
  server: ServerProcess;
}

/** Runs writers against the server during `trouble`. The response figures cover this time only. */
export async function underLoad(load: Load, writers: number, trouble: () => Promise<void>) {
  const { server, tokens, ledger, chance } = load;
  ledger.statuses.clear();
  ledger.slowestMs = 0;
  let isOver = false;
  const writing = {
    url: server.url,
    staffToken: tokens.staff,
    ledger,
    chance,
    keyedShare: 0.5,
    attempts: 1000,
  };
  const working = Array.from({ length: writers }, (_, i) => {
    const clientToken = tokens.clients[i % tokens.clients.length] ?? '';
    return keepWriting({ ...writing, clientToken, isOver: () => isOver });
  });
  try {
    await trouble();
  } finally {
    isOver = true;
    await Promise.all(working);
  }
}

/** Waits for this many new acknowledgements. Returns the milliseconds it took. */
export function moreAcknowledged({ ledger }: Load, more: number): Promise<number> {
  const goal = ledger.count('acknowledged') + more;
  return until(() => ledger.count('acknowledged') >= goal, 120_000, 'The next acknowledged write');
}

/** Only successes, 503 with Retry-After, and 409 for a retry while its first attempt was in progress. */
export function checkResponses({ ledger, server, check }: Load, when: string) {
  const figures = [...ledger.statuses].map(
    ([status, times]) => `${count(times)} × ${status || 'no response'}`,
  );
  const others = [...ledger.statuses.keys()].filter((status) => ![200, 409, 503].includes(status));
  check(
    others.length === 0 && ledger.unhelpful === 0 && server.isRunning(),
    `${when}: ${figures.join(', ')}, ${ledger.unhelpful} without Retry-After, ` +
      `the server ${server.isRunning() ? 'stayed up' : 'died'}`,
  );
}
