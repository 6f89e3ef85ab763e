/**
 * The actions on a ticket: who may take each one, and the states that refuse it. Every verb checks its action here while
 * it holds the ticket's lock, and throws the first refusal that applies. `can` of a ticket lists the actions to which
 * none applies.
 */
import { type Actor, isAdmin } from '#actor.ts';
import type { Db } from '#platform/db/database.ts';
import type { Action, Can } from './can-schema.ts';
import { hasRoomFor } from './full.ts';
import * as is from './refusals.ts';
import type { StoredTicket, TicketRow } from './schema.ts';

type Who = Actor['kind'] | 'admin';

interface Rule {
  by: Who[];
  /** In the order in which they are checked. */
  unless: is.Refusal[];
  /** Who adds a comment or a note with it. `refuseFull` checks its size later, when the rest of the request is known to fit. */
  writes?: Who[];
}

const rules: Record<Action, Rule> = {
  close: { by: ['client', 'staff', 'system'], unless: [is.merged, is.closed] },
  close_with_vote: { by: ['client'], unless: [is.merged, is.closed, is.notAnswered] },
  reopen: { by: ['client', 'staff'], unless: [is.notClosed, is.merged], writes: ['client'] },
  comment: { by: ['client', 'staff'], unless: [is.merged, is.closedToComments], writes: ['client', 'staff'] },
  note: { by: ['staff'], unless: [], writes: ['staff'] },
  resolve: { by: ['staff'], unless: [is.merged, is.closed, is.resolved] },
  vote: { by: ['client'], unless: [is.notVotable] },
  snooze: { by: ['staff'], unless: [is.merged, is.closedToSnooze] },
  unsnooze: { by: ['staff'], unless: [is.notSnoozed] },
  merge: { by: ['staff'], unless: [is.merged, is.otherMerged, is.otherClosed, is.otherAccess] },
  unmerge: { by: ['staff'], unless: [is.notMerged, is.splitBack, is.mergedLongAgo] },
  split: { by: ['staff', 'system'], unless: [is.notSplittable] }, // split.ts checks the chosen comments
  unsplit: {
    by: ['staff'],
    unless: [
      ...[is.notSplit, is.splitUndone, is.merged, is.otherMerged, is.splitLongAgo, is.splitFurther],
      ...[is.originalsMoved, is.otherClosed, is.otherAccess],
    ],
  },
  move: { by: ['admin'], unless: [is.linked] },
};

/** Throws the first refusal that applies. `other` is the target of a merge, or the ticket that a split came from. */
export async function refuse(db: Db, action: Action, ticket: TicketRow, other?: TicketRow): Promise<void> {
  const refusal = refusalOf(action, ticket, other);
  if (refusal) throw await refusal.error(db, ticket, other);
}

/** The first refusal that applies, of which those who act on many tickets need the code only. */
export const refusalOf = (action: Action, ticket: TicketRow, other?: TicketRow): is.Refusal | undefined =>
  rules[action].unless.find(({ applies }) => applies(ticket, other));

/** Refuses a comment or a note for which the ticket has no room. */
export function refuseFull(ticket: TicketRow, body: string) {
  if (!hasRoomFor(ticket, body)) throw is.ticketFull(ticket.number);
}

type Allowed = Pick<TicketRow, 'can' | 'is_can_be_voted'>;

const actions = Object.entries(rules) as Array<[Action, Rule]>; // the keys of this very object
const SHORTEST = 'x';
const isFull: is.Refusal['applies'] = (ticket) => !hasRoomFor(ticket, SHORTEST);

/** What actors of a kind may do, each with what must not apply to the ticket: it is asked for every row of a page. */
const askedBy = (kind: Actor['kind'], ...more: Who[]) =>
  actions
    .filter(([, { by }]) => [kind, ...more].some((who) => by.includes(who)))
    .map(([action, { unless, writes }]) => {
      const refusals = unless.map(({ applies }) => applies);
      return { action, refusals: writes?.includes(kind) ? [isFull, ...refusals] : refusals };
    });
const asked = {
  client: askedBy('client'),
  staff: askedBy('staff'),
  admin: askedBy('staff', 'admin'),
  service: askedBy('service'),
  system: askedBy('system'),
};
const none = Object.fromEntries(actions.map(([action]) => [action, false])) as Can; // each action has an entry

/** Adds to a ticket what the actor may do with it. */
export function withCan<T extends StoredTicket>(actor: Actor, ticket: T): T & Allowed {
  const can = { ...none };
  for (const { action, refusals } of asked[isAdmin(actor) ? 'admin' : actor.kind])
    can[action] = !refusals.some((applies) => applies(ticket));
  const row: T & Partial<Allowed> = ticket; // after Object.assign, V8 would look its many fields up in a hash table
  row.can = can;
  row.is_can_be_voted = is.isVotable(ticket);
  return row as T & Allowed; // both have just been set
}
