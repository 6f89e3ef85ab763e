/**
 * Two server processes over one database are one desk: limits and Idempotency-Keys hold across both, and what is
 * written at one is in the streams of the other, also when a server is started again meanwhile.
 */
import { checkAudit } from './audit.ts';
import { type Answer, fileForm, send } from './client.ts';
import { createLedger } from './ledger.ts';
import { count, percentile, type Run, scenario } from './scenario.ts';
import type { ServerProcess } from './server.ts';
import { type Reader, readEvents } from './stream.ts';
import { until } from './until.ts';
import { firstComment } from './writers.ts';

const defaults = { limit: 20, rounds: 1000, twins: 50, events: 1000, restarts: 4 };

await scenario('chaos:twins', defaults, async (run) => {
  const servers: Servers = [await run.desk.start(), await run.desk.start()];
  await idempotency(run, servers);
  await streams(run, servers);
  await resumption(run, servers);
  await limits(run);
});

type Twins = Run<keyof typeof defaults>;
type Servers = [ServerProcess, ServerProcess];

/** The same request many times at once, to both sides: carried out once, and answered alike or with a 409. */
async function idempotency(run: Twins, servers: Servers) {
  const { desk, flags, check } = run;
  const token = await desk.client('twin');
  const ledger = createLedger();
  let unlike = 0;
  for (let round = 0; round < flags.rounds; round++) {
    const entry = ledger.add('tickets', true);
    const body = { summary: entry.mark, comment_body: firstComment(entry.mark) };
    const request = { method: 'POST', body, key: entry.mark };
    const ask = (_: unknown, i: number) =>
      send<{ number: number }>(`${servers[i % 2]?.url}/support/tickets`, token, request);
    const answers = await Promise.all(Array.from({ length: flags.twins }, ask));
    const afterwards = await ask(undefined, round);
    for (const answer of [...answers, afterwards]) ledger.note(answer);
    entry.outcome = answers.some((answer) => answer?.status === 200) ? 'acknowledged' : 'unknown';
    if (!areAlike(answers, afterwards)) unlike++;
  }

  const others = ledger.answered(0, 599) - ledger.answered(200) - ledger.answered(409);
  check(
    others === 0 && unlike === 0,
    `${count(flags.rounds)} rounds of ${flags.twins} twins: ${count(ledger.answered(200))} × 200, ` +
      `${count(ledger.answered(409))} × 409, ${others} others, ${unlike} rounds with unlike answers`,
  );
  await checkAudit(run, ledger);
}

type Opened = Answer<{ number: number }> | undefined;

/** Every 200 names the same ticket, and the key still gives it when all is over. */
function areAlike(answers: Opened[], afterwards: Opened): boolean {
  const given = answers.filter((answer) => answer?.status === 200);
  const numbers = new Set(given.map((answer) => answer?.body.number));
  return (
    numbers.size === 1 &&
    afterwards?.status === 200 &&
    numbers.has(afterwards.body.number) &&
    afterwards.headers.get('idempotency-replayed') === 'true'
  );
}

/** What is opened at the first is in the streams of the second. */
async function streams({ desk, flags, check }: Twins, [first, second]: Servers) {
  const token = await desk.client('streamed');
  const seen = createSightings();
  const reader = await readEvents(second.url, token, seen.note);
  const opened = await openTickets(first.url, token, flags.events, 8);
  const missed = await seen.missing(opened);
  await reader.close();
  const latencies = [...opened].map(([number, at]) => Math.max(0, (seen.at.get(number) ?? 0) - at));
  check(
    missed === 0 && seen.doubled === 0,
    `${count(opened.size)} tickets opened at one, read at the other: ${missed} missed, ${seen.doubled} doubled, ` +
      `${percentile(latencies, 0.5).toFixed(0)} ms after the answer (median), ${percentile(latencies, 0.99).toFixed(0)} ms (p99)`,
  );
}

/** The server that streams is stopped and killed by turns: its reader comes back and has everything once. */
async function resumption({ desk, flags, check }: Twins, [first, second]: Servers) {
  const token = await desk.client('resumed');
  const seen = createSightings();
  const reader: Reader = await readEvents(second.url, token, seen.note);
  const opened = new Map<number, number>();
  let isOver = false;
  const writing = (async () => {
    while (!isOver)
      for (const [number, at] of await openTickets(first.url, token, 10, 2)) opened.set(number, at);
  })();
  let server = second;
  for (let restart = 0; restart < flags.restarts; restart++) {
    const [read, goal] = [reader.opened, opened.size + 50];
    await until(() => opened.size > goal, 60_000, 'Enough tickets');
    await (restart % 2 === 0 ? server.stop() : server.kill());
    server = await desk.start({ port: server.port });
    await until(() => reader.opened > read, 30_000, 'The reader coming back');
  }
  isOver = true;
  await writing;
  const missed = await seen.missing(opened);
  await reader.close();
  check(
    missed === 0 && seen.doubled === 0,
    `${flags.restarts} restarts under a stream of ${count(opened.size)} tickets: ${missed} missed, ${seen.doubled} doubled`,
  );
}

/** Ten times what a minute allows, from both sides at once: exactly what it allows passes. */
async function limits({ desk, flags, check }: Twins) {
  const token = await desk.client('limited');
  const limit = String(flags.limit);
  const env = {
    LIMIT_TICKETS_PER_MINUTE: limit,
    LIMIT_COMMENTS_PER_MINUTE: limit,
    LIMIT_UPLOADS_PER_MINUTE: limit,
  };
  const servers: Servers = [await desk.start({ env }), await desk.start({ env })];
  const burst = (path: string, bodyOf: () => object) =>
    Promise.all(
      Array.from({ length: 10 * flags.limit }, (_, i) =>
        send<{ number: number }>(`${servers[i % 2]?.url}${path}`, token, { method: 'POST', body: bodyOf() }),
      ),
    );
  const tickets = await burst('/support/tickets', () => ({ summary: 'Burst', comment_body: 'Burst' }));
  const number = tickets.find((answer) => answer?.status === 200)?.body.number;
  const bursts = {
    tickets,
    comments: await burst(`/support/tickets/${number}/comments`, () => ({ body: 'Burst' })),
    uploads: await burst('/files/public/files', () => fileForm('burst.txt', 'Burst')),
  };
  for (const [kind, answers] of Object.entries(bursts)) {
    const passed = answers.filter((answer) => answer?.status === 200).length;
    const told = answers.filter(
      (answer) => answer?.status === 429 && answer.headers.has('retry-after'),
    ).length;
    const figure = `${passed} of ${answers.length} ${kind} passed a limit of ${limit}, ${told} were told when to retry`;
    check(passed === flags.limit && told === answers.length - passed, figure);
  }
  for (const server of servers) await server.stop();
}

/** Numbers of new tickets, with the time at which each was acknowledged. */
async function openTickets(
  url: string,
  token: string,
  total: number,
  parallel: number,
): Promise<Map<number, number>> {
  const opened = new Map<number, number>();
  let left = total;
  const work = async () => {
    while (left-- > 0) {
      const body = { summary: 'Streamed', comment_body: 'Streamed' };
      const answer = await send<{ number: number }>(`${url}/support/tickets`, token, {
        method: 'POST',
        body,
      });
      if (answer?.status !== 200)
        throw new Error(`A ticket could not be opened: ${answer?.status ?? 'no answer'}.`);
      opened.set(answer.body.number, performance.now());
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return opened;
}

function createSightings() {
  const at = new Map<number, number>();
  const sightings = {
    /** Ticket → when its event was read. */
    at,
    doubled: 0,
    note: ({ data }: { data: { ticket: { number: number } | null } }) => {
      const number = data.ticket?.number ?? 0;
      if (at.has(number)) sightings.doubled++;
      at.set(number, performance.now());
    },
    /** How many of these are still unseen when nothing more can be on its way. */
    async missing(opened: Map<number, number>): Promise<number> {
      const unseen = () => [...opened.keys()].filter((number) => !at.has(number)).length;
      await until(() => unseen() === 0, 15_000, 'The last event').catch(() => {});
      return unseen();
    },
  };
  return sightings;
}
