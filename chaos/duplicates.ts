/**
 * Two server processes with one database behave as one instance: limits and Idempotency-Keys apply across both, and
 * events written at one reach the streams of the other, also while a server is restarted.
 */
import { checkAudit } from './audit.ts';
import { fileForm, type Response, send } from './client.ts';
import { createLedger } from './ledger.ts';
import { count, percentile, type Run, scenario } from './scenario.ts';
import type { ServerProcess } from './server.ts';
import { type Reader, readEvents } from './stream.ts';
import { until } from './until.ts';
import { firstComment } from './writers.ts';

const defaults = { limit: 20, rounds: 1000, duplicates: 50, events: 1000, restarts: 4 };

await scenario('chaos:duplicates', defaults, async (run) => {
  const servers: Servers = [await run.instance.start(), await run.instance.start()];
  await idempotency(run, servers);
  await streams(run, servers);
  await resumption(run, servers);
  await limits(run);
});

type Duplicates = Run<keyof typeof defaults>;
type Servers = [ServerProcess, ServerProcess];

/**
 * Sends the same request many times at once to both servers: it must be executed once, and all responses must be
 * equal, or a 409 that says it is in progress. Alternates opening and closing a ticket: a closed ticket cannot be
 * closed again, so a success must be a replay.
 */
async function idempotency(run: Duplicates, servers: Servers) {
  const { instance, flags, check } = run;
  const token = await instance.client('duplicate');
  const ledger = createLedger();
  let unlike = 0;
  let number: number | undefined;
  for (let round = 0; round < flags.rounds; round++) {
    const entry = ledger.add(number === undefined ? 'tickets' : 'votes', true);
    const path = number === undefined ? '/support/tickets' : `/support/tickets/${number}/close`;
    const opening = { summary: entry.mark, comment_body: firstComment(entry.mark) };
    const request = { method: 'POST', body: number ? { comment: entry.mark } : opening, key: entry.mark };
    const ask = (_: unknown, i: number) =>
      send<DuplicateResponse>(`${servers[i % 2]?.url}${path}`, token, request);
    const responses = await Promise.all(Array.from({ length: flags.duplicates }, ask));
    const afterwards = await ask(undefined, round);
    for (const response of [...responses, afterwards]) ledger.record(response);
    if (!areAlike(responses, afterwards)) unlike++;
    if (afterwards?.status === 200) entry.outcome = 'acknowledged';
    number = number === undefined ? afterwards?.body.number : undefined;
  }

  check(
    unlike === 0,
    `${count(flags.rounds)} rounds of ${flags.duplicates} duplicates: ${count(ledger.responses(200))} × 200, ` +
      `${count(ledger.responses(409))} × 409, ${ledger.responses(500, 599)} × 5xx, ${unlike} rounds with other responses`,
  );
  await checkAudit(run, ledger);
}

interface DuplicateResponse {
  number: number;
  /** The code of a refusal. */
  code?: string;
}

type Duplicate = Response<DuplicateResponse> | undefined;

/** Some get a 409 for a concurrent duplicate, the others the same ticket, and so does a retry afterwards. */
function areAlike(responses: Duplicate[], afterwards: Duplicate): boolean {
  const others = responses.filter((response) => response?.body.code !== 'request_in_progress');
  return (
    afterwards?.status === 200 &&
    afterwards.headers.get('idempotency-replayed') === 'true' &&
    others.length > 0 &&
    others.every((response) => response?.status === 200 && response.body.number === afterwards.body.number)
  );
}

/** Tickets opened at the first server must reach the streams of the second. */
async function streams({ instance, flags, check }: Duplicates, [first, second]: Servers) {
  const token = await instance.client('streamed');
  const seen = createSightings();
  const reader = await readEvents(second.url, token, seen.note);
  const opened = await openTickets(first.url, token, flags.events, 8);
  const missed = await seen.missing(opened);
  await reader.close();
  const latencies = [...opened].map(([number, at]) => Math.max(0, (seen.at.get(number) ?? 0) - at));
  check(
    missed === 0 && seen.doubled === 0,
    `${count(opened.size)} tickets opened at one, read at the other: ${missed} missed, ${seen.doubled} doubled, ` +
      `${percentile(latencies, 0.5).toFixed(0)} ms after the response (median), ${percentile(latencies, 0.99).toFixed(0)} ms (p99)`,
  );
}

/** The server of the stream is alternately stopped and killed: the reader reconnects and gets everything once. */
async function resumption({ instance, flags, check }: Duplicates, [first, second]: Servers) {
  const token = await instance.client('resumed');
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
    server = await instance.start({ port: server.port });
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

/** Ten times what a minute allows, from both sides at once: exactly the limit must succeed. */
async function limits({ instance, flags, check }: Duplicates) {
  const token = await instance.client('limited');
  const limit = String(flags.limit);
  const env = {
    LIMIT_TICKETS_PER_MINUTE: limit,
    LIMIT_COMMENTS_PER_MINUTE: limit,
    LIMIT_UPLOADS_PER_MINUTE: limit,
    LIMIT_STAFF_UPLOADS_PER_MINUTE: limit,
    LIMIT_READS_PER_MINUTE: limit,
    LIMIT_VOTES_PER_MINUTE: limit,
    LIMIT_CHANGES_PER_MINUTE: limit,
  };
  const servers: Servers = [await instance.start({ env }), await instance.start({ env })];
  const burst = (path: string, bodyOf: () => object) =>
    Promise.all(
      Array.from({ length: 10 * flags.limit }, (_, i) =>
        send<{ number: number }>(`${servers[i % 2]?.url}${path}`, token, { method: 'POST', body: bodyOf() }),
      ),
    );
  const tickets = await burst('/support/tickets', () => ({ summary: 'Burst', comment_body: 'Burst' }));
  const number = tickets.find((response) => response?.status === 200)?.body.number;
  const bursts = {
    tickets,
    comments: await burst(`/support/tickets/${number}/comments`, () => ({ body: 'Burst' })),
    uploads: await burst('/files/public/files', () => fileForm('burst.txt', 'Burst')),
  };
  for (const [kind, responses] of Object.entries(bursts)) {
    const passed = responses.filter((response) => response?.status === 200).length;
    const told = responses.filter(
      (response) => response?.status === 429 && response.headers.has('retry-after'),
    ).length;
    const figure = `${passed} of ${responses.length} ${kind} passed a limit of ${limit}, ${told} were told when to retry`;
    check(passed === flags.limit && told === responses.length - passed, figure);
  }
  for (const server of servers) await server.stop();
}

/** The numbers of new tickets, with the times of their acknowledgements. */
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
      const response = await send<{ number: number }>(`${url}/support/tickets`, token, {
        method: 'POST',
        body,
      });
      if (response?.status !== 200)
        throw new Error(`A ticket could not be opened: ${response?.status ?? 'no response'}.`);
      opened.set(response.body.number, performance.now());
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return opened;
}

function createSightings() {
  const at = new Map<number, number>();
  const sightings = {
    /** Ticket number → when its event was read. */
    at,
    doubled: 0,
    note: ({ data }: { data: { ticket: { number: number } | null } }) => {
      const number = data.ticket?.number ?? 0;
      if (at.has(number)) sightings.doubled++;
      at.set(number, performance.now());
    },
    /** How many of these are still missing when nothing more can arrive. */
    async missing(opened: Map<number, number>): Promise<number> {
      const unseen = () => [...opened.keys()].filter((number) => !at.has(number)).length;
      await until(() => unseen() === 0, 15_000, 'The last event').catch(() => {});
      return unseen();
    },
  };
  return sightings;
}
