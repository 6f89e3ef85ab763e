import { isDeepStrictEqual } from 'node:util';
import type { StaffActor } from '#actor.ts';
import { cancelUnsent } from '#desk/delayed-replies/schedule.ts';
import { changeEach, lockAssignees, triageEach } from '#desk/tickets/change.ts';
import { listTicketsByKey } from '#desk/tickets/find.ts';
import { markStaffReadEach } from '#desk/tickets/mark-staff-read.ts';
import { restoreEach } from '#desk/tickets/restore.ts';
import { refusalOf } from '#desk/tickets/rules.ts';
import type { TicketRow, Triage } from '#desk/tickets/schema.ts';
import { endSnoozeEach, snoozeEach } from '#desk/tickets/snooze.ts';
import { unmergeEach } from '#desk/tickets/unmerge.ts';
import { conflict, notFound } from '#errors.ts';
import { dayAgo } from '#platform/day.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import { type Field, type Fields, fieldsOf, lockAll } from './fields.ts';
import { type BulkUndone, fieldNames } from './schema.ts';
import type { SentReply } from './steps.ts';

/**
 * Reverts a bulk request, except what somebody has changed since and replies that were sent. Works once, within 24
 * hours. Merges are undone in reverse order.
 */
export async function undoBulk(tx: Tx, actor: StaffActor, bulkId: number): Promise<BulkUndone> {
  await claim(tx, actor, bulkId);
  const done = await listChanges(tx, bulkId);
  const mayMove = done.some(({ before }) => before.state !== undefined);
  const numbers = done.map(({ number }) => number);
  const tickets = await lockAll(tx, actor, [...numbers, ...(await listMergedWith(tx, done))], mayMove);
  const undoing: Undoing = { tx, actor, tickets };
  const unsent = await cancelUnsent(tx, actor, done.flatMap(replyOf));
  const undone = new Set<string>();
  for (const field of fieldNames) {
    for (const number of await undoField(undoing, field, done)) undone.add(`${number} ${field}`);
  }
  const items = done.map(({ number, before, after: { reply } }) => {
    const isRestored = (field: Field | 'reply') =>
      field === 'reply' ? unsent.has(reply?.delayed_reply_id ?? 0) : undone.has(`${number} ${field}`);
    const fields = [...(reply ? (['reply'] as const) : []), ...fieldNames.filter((name) => name in before)];
    return {
      ticket_number: number,
      undone: fields.filter(isRestored),
      not_undone: fields.filter((field) => !isRestored(field)),
    };
  });
  return { bulk_id: bulkId, items };
}

const replyOf = ({ account_id, after: { reply } }: BulkChange) =>
  reply?.delayed_reply_id === undefined ? [] : { account_id, id: reply.delayed_reply_id };

/** Locked before the tickets: whoever has locked a ticket never waits for this. */
async function claim(tx: Tx, actor: StaffActor, bulkId: number) {
  const { rows } = await sql<{ is_undone: boolean; is_late: boolean }>`
    select undone_at is not null as is_undone, created_at < ${dayAgo} as is_late
    from bulks
    where bulk_id = ${bulkId} and ${visibleTo.bulks(actor)}
    for update
  `.execute(tx);
  const [bulk] = rows;
  if (!bulk) throw notFound('bulk');
  if (bulk.is_undone) throw conflict('bulk_undone', 'This bulk action is already undone.');
  if (bulk.is_late)
    throw conflict('too_late_to_undo', 'It was done more than 24 hours ago and can no longer be undone.');
  await sql`update bulks set undone_at = now() where bulk_id = ${bulkId}`.execute(tx);
}

/** What was done to one ticket: the changed fields, and the reply. */
interface BulkChange {
  account_id: number;
  number: number;
  before: Partial<Fields>;
  after: Partial<Fields> & { reply?: SentReply };
}

async function listChanges(db: Db, bulkId: number): Promise<BulkChange[]> {
  const { rows } = await sql<BulkChange>`
    select account_id, number, before, after
    from bulk_tickets
    where bulk_id = ${bulkId}
    order by account_id, number
  `.execute(db);
  return rows;
}

/** The targets of merges, and everything else merged into these: undoing locks all of them. */
async function listMergedWith(db: Db, done: BulkChange[]): Promise<number[]> {
  const targets = done.flatMap(({ after }) => after.state?.merged_into_ticket_number ?? []);
  if (targets.length === 0) return [];
  const { rows } = await sql<{ number: number }>`
    select number
    from tickets
    where account_id = any(${done.map(({ account_id }) => account_id)}::bigint[])
      and merged_into_ticket_number = any(${targets}::bigint[])
  `.execute(db);
  return [...new Set([...targets, ...rows.map(({ number }) => number)])];
}

interface Undoing {
  tx: Tx;
  actor: StaffActor;
  /** The tickets before anything is undone. */
  tickets: Map<number, TicketRow>;
}

/**
 * Returns the numbers of the tickets whose field was restored. For the others somebody has changed it since, or it
 * cannot be restored.
 */
async function undoField(undoing: Undoing, field: Field, done: BulkChange[]): Promise<number[]> {
  const mine = done.flatMap(({ number, before, after }) => {
    const ticket = undoing.tickets.get(number);
    const isUnchanged = ticket && field in before && isDeepStrictEqual(fieldsOf(ticket)[field], after[field]);
    return isUnchanged ? { ticket, before, after } : [];
  });
  if (mine.length === 0) return [];
  const setAll = setters[field];
  return setAll(undoing, mine);
}

interface Mine extends Pick<BulkChange, 'before' | 'after'> {
  ticket: TicketRow;
}

type SetAll = (undoing: Undoing, mine: Mine[]) => Promise<number[]>;

const setters: Record<Field, SetAll> = {
  assignee_id: async (undoing, mine) => {
    const staffIds = await lockAssignees(
      undoing.tx,
      mine.flatMap(({ before }) => before.assignee_id ?? []),
    );
    const possible = mine.filter(({ before: { assignee_id } }) => !assignee_id || staffIds.has(assignee_id));
    return triage(undoing, possible, ({ assignee_id }) => ({ assignee_id }));
  },
  priority: (undoing, mine) =>
    triage(undoing, mine, ({ priority }) => ({ priority: priority as TicketRow['priority'] })), // as it was stored
  tags: (undoing, mine) => triage(undoing, mine, ({ tags }) => ({ tags })),
  is_staff_read: async ({ tx, actor }, mine) => {
    for (const isRead of [true, false]) {
      const those = mine.filter(({ before }) => before.is_staff_read === isRead);
      await markStaffReadEach(
        tx,
        actor,
        those.map(({ ticket }) => ticket),
        isRead,
      );
    }
    return mine.map(({ ticket }) => ticket.number);
  },
  topic_key: async ({ tx, actor, tickets }, mine) => {
    const changes = mine.map(({ ticket, before: { topic_key } }) => ({
      before: ticket,
      change: { topic_key },
    }));
    const changed = await changeEach(tx, actor, changes);
    for (const ticket of changed) tickets.set(ticket.number, ticket);
    return changed.map(({ number }) => number);
  },
  state: async (undoing, mine) => {
    const { tx, actor } = undoing;
    const wasMerged = ({ after }: Mine) => typeof after.state?.merged_into_ticket_number === 'number';
    const restorings = mine.flatMap((one) => {
      const { ticket, before } = one;
      return before.state && !wasMerged(one) ? { ticket, state: before.state } : [];
    });
    if (restorings.length > 0) await restoreEach(tx, actor, restorings);
    const unmerged = await unmergeAll(undoing, mine.filter(wasMerged));
    return [...restorings.map(({ ticket }) => ticket.number), ...unmerged];
  },
  snooze: async ({ tx, actor }, mine) => {
    const tickets = await listTicketsByKey(
      tx,
      actor,
      mine.map(({ ticket }) => ticket),
    ); // with the restored states
    const earlier = new Map(mine.map(({ ticket, before }) => [ticket.number, before.snooze]));
    const snoozes = tickets.flatMap((ticket) => {
      const { is_snoozed, snoozed_until } = earlier.get(ticket.number) ?? {};
      return is_snoozed && !refusalOf('snooze', ticket) && isFuture(snoozed_until)
        ? { ...ticket, until: snoozed_until ?? undefined }
        : [];
    });
    const ended = tickets.filter((ticket) => !earlier.get(ticket.number)?.is_snoozed && ticket.is_snoozed);
    if (snoozes.length > 0) await snoozeEach(tx, actor, snoozes);
    await endSnoozeEach(tx, actor, ended);
    return [...snoozes, ...ended].map(({ number }) => number);
  },
};

const isFuture = (time: string | null | undefined) => !time || Date.parse(time) > Date.now();

/** Starts with the last merge. Leaves out a ticket that can no longer be unmerged. */
async function unmergeAll({ tx, actor }: Undoing, mine: Mine[]): Promise<number[]> {
  const tickets = mine
    .map(({ ticket }) => ticket)
    .filter((ticket) => !refusalOf('unmerge', ticket))
    .reverse();
  if (tickets.length > 0) await unmergeEach(tx, actor, tickets);
  return tickets.map(({ number }) => number);
}

async function triage(
  { tx, actor, tickets }: Undoing,
  mine: Mine[],
  changeOf: (before: Partial<Fields>) => Triage,
): Promise<number[]> {
  const triages = mine.map(({ ticket, before }) => ({
    before: tickets.get(ticket.number) ?? ticket,
    change: changeOf(before),
  }));
  for (const ticket of await triageEach(tx, actor, triages)) tickets.set(ticket.number, ticket);
  return triages.map(({ before }) => before.number);
}
