/** What an actor may see of each resource: the condition under every read. What is forbidden does not appear. */
import { eventTypes, typesWhere } from '#platform/events/types.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { type Actor, type ClientActor, isAdmin, type StaffActor } from './actor.ts';

type Condition = Sql<boolean>;

export const visibleTo = {
  tickets: (actor: Actor): Condition =>
    bySide(
      actor,
      (client) => sql`tickets.account_id = ${client.accountId}${unlessHidden(client, 'tickets')}`,
    ),

  comments: (actor: Actor): Condition =>
    bySide(
      actor,
      (client) =>
        sql`comments.account_id = ${client.accountId} and not comments.is_internal${ofVisibleTicket(client, 'comments')}`,
    ),

  /** Files of visible comments, and the unattached uploads of one's own side. */
  files: (actor: Actor): Condition =>
    bySide(
      actor,
      (client) =>
        sql`files.account_id = ${client.accountId} and comments.is_internal is not true${ofVisibleTicket(client, 'files')}`,
      sql`(files.comment_id is not null or files.account_id = 0)`,
    ),

  /** Staff also see events of the instance, except those that team members keep private. */
  events: (actor: Actor): Condition =>
    bySide(
      actor,
      (client) =>
        sql`events.account_id = ${client.accountId} and events.is_client_visible${ofVisibleTicket(client, 'events')}`,
      actor.kind === 'staff' ? sql`(${isOwnEvent(actor)} or ${isForStaff(actor)})` : sql`true`,
    ),

  /** An event's data without the fields that the actor may not see. */
  eventData: (actor: Actor): Sql<object | null> =>
    actor.kind === 'system' || isAdmin(actor) ? sql`events.data` : dataForAgents,

  /** Notes of staff on an account are hidden from programs. */
  accountNotes: (actor: Actor): Condition =>
    actor.kind === 'staff' || actor.kind === 'system' ? sql`true` : sql`false`,

  /** Drafts, delayed replies and presence are hidden from clients. */
  inProgress: (actor: Actor): Condition => (actor.kind === 'staff' ? sql`true` : sql`false`),

  /** Bulk changes: one's own, and for admins everybody's. */
  bulks: (actor: Actor): Condition => {
    if (actor.kind !== 'staff') return sql`false`;
    return isAdmin(actor) ? sql`true` : sql`bulks.staff_id = ${actor.staffId}`;
  },

  /** Saved views and canned responses: one's own, and those that all staff share. */
  views: (actor: Actor): Condition => ownOrShared(actor, sql.id('views.staff_id')),
  cannedResponses: (actor: Actor): Condition => ownOrShared(actor, sql.id('canned_responses.staff_id')),

  /** How staff sign in: visible to admins, and to the member. */
  credentials: (actor: Actor): Condition =>
    actor.kind === 'system' || isAdmin(actor)
      ? sql`true`
      : sql`staff.staff_id = ${actor.kind === 'staff' ? actor.staffId : null}`,

  /** Sessions are visible only to their owner. */
  sessions: (actor: Actor): Condition =>
    actor.kind === 'staff' ? sql`staff_sessions.staff_id = ${actor.staffId}` : sql`false`,
};

/** A token stands for the whole account. A contact sees what is open to all contacts, or to one of their projects. */
export const seesAllOfAccount = (actor: Actor): boolean =>
  actor.kind !== 'client' || actor.sessionId === undefined;

const isHidden = ({ accountId, userId }: ClientActor, table: string) => sql`
  ${sql.id(`${table}.access_level`)} = 'project_users'
  and (${sql.id(`${table}.keystone_projects`)} && (
    select projects from contacts where account_id = ${accountId} and user_id = ${userId ?? null}
  )) is not true
`;

const unlessHidden = (client: ClientActor, table: string) =>
  seesAllOfAccount(client) ? sql`` : sql` and not (${isHidden(client, table)})`;

/** For what belongs to a ticket, or to none yet. */
const ofVisibleTicket = (client: ClientActor, table: 'comments' | 'files' | 'events') =>
  seesAllOfAccount(client)
    ? sql``
    : sql` and not exists (
        select from tickets as hiding
        where hiding.account_id = ${client.accountId}
          and hiding.number = ${sql.id(`${table}.ticket_number`)}
          and ${isHidden(client, 'hiding')}
      )`;

/** A client sees its own account, staff everything unless stated otherwise, a service nothing. */
function bySide(
  actor: Actor,
  ofClient: (client: ClientActor) => Condition,
  ofSupport: Condition = sql`true`,
): Condition {
  if (actor.kind === 'client') return ofClient(actor);
  return actor.kind === 'service' ? sql`false` : ofSupport;
}

/** Events of one's own sign-in need a token with the right to read /staff/me. */
function isOwnEvent({ staffId, scopes }: StaffActor): Condition {
  const isOwn = sql<boolean>`events.staff_id = ${staffId}`;
  return (scopes?.includes('me') ?? true) ? isOwn : sql`(${isOwn} and not ${isOfAccess})`;
}

/** Events of other staff: not the private ones, and those about access only for admins. */
function isForStaff(actor: StaffActor): Condition {
  return isAdmin(actor) ? isShared : sql`(${isShared} and not ${isOfAccess})`;
}

/** An event of something private or shared says in its data which it is. */
const isShared = sql<boolean>`(
  events.type <> all(${typesWhere(({ audience }) => audience === 'self')})
  or coalesce(events.data ->> 'is_shared', events.data -> 'before' ->> 'is_shared') is distinct from 'false'
)`;

const isOfAccess = sql<boolean>`events.type = any(${typesWhere(({ audience }) => audience === 'admin')})`;

/** SQL for an event's data without the fields that only admins see; most types have none. */
const dataForAgents = sql<object | null>`
  case
    ${sql.join(
      typesWhere(({ adminsSee }) => adminsSee !== undefined).map(
        (type) => sql`when events.type = ${type} then events.data - ${eventTypes[type].adminsSee}::text[]`,
      ),
      sql` `,
    )}
    else events.data
  end
`;

const ownOrShared = (actor: Actor, owner: Sql): Condition =>
  actor.kind === 'staff' ? sql`(${owner} is null or ${owner} = ${actor.staffId})` : sql`false`;
