/** The steps of a bulk request: the change, then the reply, then the action. Each refuses before it writes. */
import type { StaffActor } from '#actor.ts';
import { fillForEach, findCannedResponse, recordUses } from '#desk/canned-responses/canned-responses.ts';
import { delayEach } from '#desk/delayed-replies/schedule.ts';
import { changeEach, tagsOf, triageEach } from '#desk/tickets/change.ts';
import { closeEach, resolveEach } from '#desk/tickets/close.ts';
import { replyEach } from '#desk/tickets/comments/add.ts';
import type { Writing } from '#desk/tickets/comments/write.ts';
import { findTicket, listTicketsByKey } from '#desk/tickets/find.ts';
import { markStaffReadEach } from '#desk/tickets/mark-staff-read.ts';
import { mergeEach } from '#desk/tickets/merge.ts';
import { MAX_TAGS } from '#desk/tickets/merge-fields.ts';
import { unknownTopic } from '#desk/tickets/open.ts';
import { mergedIntoItself, ticketFull } from '#desk/tickets/refusals.ts';
import { refusalOf, refuseFull } from '#desk/tickets/rules.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { snoozeEach } from '#desk/tickets/snooze.ts';
import { ApiError, conflict, notFound } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import type { Bulk, BulkChange, BulkReply } from './schema.ts';

/** The reply, for the undo: it was sent, or waits until `send_at`. */
export interface SentReply {
  comment_id?: number;
  delayed_reply_id?: number;
  send_at?: string;
}

interface On {
  tx: Tx;
  actor: StaffActor;
}

interface Taken {
  /** Those that were not refused. */
  after: TicketRow[];
  /** The codes, by number. */
  refusals: Map<number, string>;
  replies?: Map<number, SentReply>;
}

export type Step = (on: On, tickets: TicketRow[]) => Promise<Taken>;

export function stepsOf({ change, reply, ...action }: Bulk): Step[] {
  return [
    ...(change ? [changeStep(change)] : []),
    ...(reply ? [replyStep(reply)] : []),
    ...(action.action ? [actionStep(action)] : []),
  ];
}

/** A ticket that does not exist, or whose state forbids the change, does not stop the others. */
const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.status === 404 || error.status === 409);

/** What can be done with each ticket; `refusals` has the codes of the others. */
function allowed<T>(
  tickets: TicketRow[],
  refusals: Map<number, string>,
  check: (ticket: TicketRow) => T,
): T[] {
  return tickets.flatMap((ticket) => {
    try {
      return [check(ticket)];
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refusals.set(ticket.number, error.code);
      return [];
    }
  });
}

/** Those whose state allows the action. */
function allowedBy(action: Parameters<typeof refusalOf>[0], tickets: TicketRow[]) {
  const refusals = new Map<number, string>();
  const open = tickets.filter((ticket) => {
    const refusal = refusalOf(action, ticket);
    if (refusal) refusals.set(ticket.number, refusal.code);
    return !refusal;
  });
  return { open, refusals };
}

const changeStep =
  ({ add_tags, remove_tags, topic_key, ...fields }: BulkChange): Step =>
  async ({ tx, actor }, tickets) => {
    const refusals = new Map<number, string>();
    const triages = allowed(tickets, refusals, (before) => {
      const tags = add_tags || remove_tags ? { tags: newTags(before.tags, { add_tags, remove_tags }) } : {};
      return { before, change: { ...fields, ...tags } };
    });
    let after = triages.map(({ before }) => before);
    if (triages.some(({ change }) => Object.keys(change).length > 0)) {
      after = await triageEach(tx, actor, triages);
    }
    if (topic_key !== undefined && after.length > 0) {
      const changes = after.map((before) => ({ before, change: { topic_key } }));
      after = await changeEach(tx, actor, changes);
      if (after.length < changes.length) throw unknownTopic('/change/topic_key');
    }
    return { after, refusals };
  };

function newTags(tags: string[], { add_tags = [], remove_tags = [] }: BulkChange): string[] {
  const removed = tagsOf(remove_tags);
  const all = tagsOf([...tags.filter((tag) => !removed.includes(tag)), ...add_tags]);
  if (all.length > MAX_TAGS) throw conflict('too_many_tags', `A ticket has at most ${MAX_TAGS} tags.`);
  return all;
}

/** Drafts are left alone: they are other texts. */
const replyStep =
  (reply: BulkReply): Step =>
  async ({ tx, actor }, tickets) => {
    const { open, refusals } = allowedBy('comment', tickets);
    const texts = await textsOf({ tx, actor }, reply, open);
    const writings = allowed(open, refusals, (ticket) => {
      const body = texts.get(ticket.number) ?? '';
      refuseFull(ticket, body);
      return { ticket, body };
    });
    const after = writings.map(({ ticket }) => ticket);
    if (writings.length === 0) return { after, refusals };
    if (reply.canned_response_id) await recordUses(tx, actor, reply.canned_response_id, after);
    const replies = await send({ tx, actor }, reply, writings);
    const isSent = reply.delay_seconds === 0;
    return { after: isSent ? await listTicketsByKey(tx, actor, after) : after, refusals, replies };
  };

/** By ticket number. */
async function textsOf(
  { tx, actor }: On,
  { canned_response_id, body = '' }: BulkReply,
  tickets: TicketRow[],
) {
  if (!canned_response_id) return new Map(tickets.map(({ number }) => [number, body]));
  const { bodies } = await findCannedResponse(tx, actor, canned_response_id, sql`for update`);
  const texts = await fillForEach(tx, tickets, bodies, actor.name);
  return new Map(tickets.map(({ number }, i) => [number, texts[i]?.body]));
}

async function send(
  { tx, actor }: On,
  { status_key, delay_seconds }: BulkReply,
  writings: Writing[],
): Promise<Map<number, SentReply>> {
  if (delay_seconds === 0) {
    const comments = await replyEach(tx, actor, writings, { status_key });
    return new Map(comments.map(({ ticket_number, id }) => [ticket_number, { comment_id: id }]));
  }
  const delayed = await delayEach(tx, actor, writings, { status_key, delay_seconds });
  return new Map(
    delayed.map(({ ticket_number, delayed_reply_id, send_at }) => [
      ticket_number,
      { delayed_reply_id, send_at },
    ]),
  );
}

type Action = Pick<Bulk, 'action' | 'reason' | 'into' | 'snooze'>;

const actionStep =
  ({ action, reason, into, snooze = {} }: Action): Step =>
  async (on, tickets) => {
    const { tx, actor } = on;
    switch (action) {
      case 'resolve':
        return act(on, action, tickets, (open) => resolveEach(tx, actor, open));
      case 'close':
        return act(on, action, tickets, (open) => closeEach(tx, actor, open, { reason }));
      case 'snooze':
        return act(on, action, tickets, (open) =>
          snoozeEach(
            tx,
            actor,
            open.map((ticket) => ({ ...ticket, until: snooze.until })),
          ),
        );
      case 'merge':
        return into === undefined ? { after: [], refusals: new Map() } : merge(on, tickets, into);
      default:
        return mark(on, tickets, action === 'read');
    }
  };

/** Acts on those tickets whose state allows it. */
async function act(
  { tx, actor }: On,
  action: 'resolve' | 'close' | 'snooze',
  tickets: TicketRow[],
  write: (open: TicketRow[]) => Promise<void>,
): Promise<Taken> {
  const { open, refusals } = allowedBy(action, tickets);
  if (open.length > 0) await write(open);
  return { after: await listTicketsByKey(tx, actor, open), refusals };
}

async function mark({ tx, actor }: On, tickets: TicketRow[], is_staff_read: boolean): Promise<Taken> {
  await markStaffReadEach(tx, actor, tickets, is_staff_read);
  return { after: tickets.map((before) => ({ ...before, is_staff_read })), refusals: new Map() };
}

async function merge({ tx, actor }: On, tickets: TicketRow[], into: number): Promise<Taken> {
  const target = await findTicket(tx, actor, into);
  const refusals = new Map<number, string>();
  const open = tickets.filter((ticket) => {
    const code = refusalToMerge(ticket, target);
    if (code) refusals.set(ticket.number, code);
    return !code;
  });
  const after = await mergeEach(tx, actor, open, target);
  const merged = new Set(after.map(({ number }) => number));
  for (const { number } of open) if (!merged.has(number)) refusals.set(number, ticketFull(into).code);
  return { after, refusals };
}

function refusalToMerge(ticket: TicketRow, target: TicketRow): string | undefined {
  if (ticket.number === target.number) return mergedIntoItself().code;
  if (ticket.account_id !== target.account_id) return notFound('ticket').code;
  return refusalOf('merge', ticket, target)?.code;
}
