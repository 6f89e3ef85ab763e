/** Plays the conversations, each step at its time, with the product's own verbs. */
import type { ClientActor, StaffActor } from '#actor.ts';
import type { FileStore } from '#desk/files/store.ts';
import { openTicket, openTicketForAccount } from '#desk/tickets/open.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { actAsClient, actAsStaff, childOf } from './actions.ts';
import { countSla, startBackground } from './background.ts';
import { type Cast, makeCast, signIn } from './cast.ts';
import { startClock } from './clock.ts';
import { type Moment, momentsOf, readConversations, type Thread } from './conversations.ts';
import { writeCredentials } from './credentials.ts';
import { type Ids, settleIn } from './house.ts';
import { named } from './read.ts';
import { isOfClient, type Step } from './schema.ts';
import { msOf } from './times.ts';
import { upload } from './upload.ts';

export interface Place {
  tx: Tx;
  database: Database;
  store: FileStore;
  dataDir: string;
}

export interface Stage extends Place, Cast {
  clock: Awaited<ReturnType<typeof startClock>>;
  canned: Ids;
  /** Of tickets, by the names of their conversations. */
  numbers: Ids;
  /** Who speaks for the account, by the name of the conversation. */
  clients: Map<string, ClientActor>;
}

/** Fills an empty database; `now` is in milliseconds since 1970. */
export async function makeAll(place: Place, now: number, stopping?: AbortSignal) {
  const { tx, dataDir } = place;
  // What the product does in transactions of its own becomes a part of this one.
  const database: Database = { ...place.database, db: tx, transact: (work) => work(tx) };
  const clock = await startClock(tx, now - msOf('118d'));
  const cast = await makeCast(tx, database);
  const canned = await settleIn(tx, cast, new Date(now).getUTCFullYear());
  const [numbers, clients] = [new Map<string, number>(), new Map<string, ClientActor>()];
  const stage: Stage = { ...place, ...cast, database, clock, canned, numbers, clients };
  await play(stage, now, stopping);
  await clock.stop();
  // Before the commit: a crash in between leaves keys that open nothing, replaced by the next start. The other way
  // round it could leave a demo that nobody can enter, as the database knows only the hashes.
  const credentials_file = await writeCredentials(dataDir, cast.credentials);
  return { credentials_file, accounts: cast.customers.size, staff: cast.staff.size, tickets: numbers.size };
}

async function play(stage: Stage, now: number, stopping?: AbortSignal) {
  const passUntil = startBackground(stage);
  for (const moment of momentsOf(readConversations(stage.customers, now), now)) {
    stopping?.throwIfAborted();
    await passUntil(moment.at);
    await perform(stage, moment).catch((cause) => {
      throw new Error(`${moment.thread.name}.yaml: /steps/${moment.index} ${cause.message}`, { cause });
    });
  }
  await passUntil(now);
  await countSla(stage.tx);
}

async function perform(stage: Stage, { thread, step }: Moment) {
  const { name, account, contact, told } = thread;
  const { clients, customers, numbers } = stage;
  const client = clients.get(name) ?? (await signIn(stage, named(customers, account), contact));
  clients.set(name, client);
  const actor = isOfClient(step) ? client : named(stage.staff, step.by ?? thread.agent ?? '');
  const uploads = step.files?.map((file) => upload(stage, actor, file, told));
  const files = uploads && (await Promise.all(uploads));
  if (!numbers.has(name)) return open(stage, thread, actor, { ...step, files });
  const number = named(numbers, step.in === 'child' ? childOf(name) : name);
  const turn = { ...step, name, number, files };
  return actor.kind === 'client' ? actAsClient(stage, actor, turn) : actAsStaff(stage, actor, turn);
}

/** The first step is the first comment. */
async function open(stage: Stage, thread: Thread, actor: ClientActor | StaffActor, step: Step) {
  const { tx, customers, numbers } = stage;
  const { name, account, contact: client_aliased_name, client_emails, topic_key, summary } = thread;
  const comment_body = step.comment ?? step.reply ?? '';
  const input = { summary, topic_key, client_aliased_name, client_emails, comment_body, files: step.files };
  const { number } =
    actor.kind === 'client'
      ? await openTicket(tx, actor, input)
      : await openTicketForAccount(tx, actor, named(customers, account).actor.accountId, input);
  numbers.set(name, number);
}
