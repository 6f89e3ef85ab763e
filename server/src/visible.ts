/** What an actor may see of each noun: the condition under every read. What is forbidden is missing. */
import { type RawBuilder, sql } from 'kysely';
import { eventTypes, typesWhere } from '#platform/events/types.ts';
import { type Actor, type ClientActor, isAdmin, type StaffActor } from './actor.ts';

type Condition = RawBuilder<boolean>;

export const visibleTo = {
  tickets: (actor: Actor): Condition =>
    between(
      actor,
      (client) => sql`tickets.account_id = ${client.accountId}${unlessHidden(client, 'tickets')}`,
    ),

  comments: (actor: Actor): Condition =>
    between(
      actor,
      (client) =>
        sql`comments.account_id = ${client.accountId} and not comments.is_internal${unlessTicketHidden(client, 'comments')}`,
    ),

  /** Files of visible comments, and uploads of one's own side that wait for one. */
  files: (actor: Actor): Condition =>
    between(
      actor,
      (client) =>
        sql`files.account_id = ${client.accountId} and comments.is_internal is not true${unlessTicketHidden(client, 'files')}`,
      sql`(files.comment_id is not null or files.account_id = 0)`,
    ),

  /** Support sees what is done to the instance as well, but for what team members keep for themselves. */
  events: (actor: Actor): Condition =>
    between(
      actor,
      (client) =>
        sql`events.account_id = ${client.accountId} and events.is_client_visible${unlessTicketHidden(client, 'events')}`,
      actor.kind === 'staff' ? sql`(${isOwnEvent(actor)} or ${isForStaff(actor)})` : sql`true`,
    ),

  /** Of an event, without the fields that are not the actor's to know. */
  eventData: (actor: Actor): RawBuilder<object | null> =>
    actor.kind === 'system' || isAdmin(actor) ? sql`events.data` : sql`events.data - ${fieldsOfAdmins}`,

  /** What support notes of an account is no program's. */
  accountNotes: (actor: Actor): Condition =>
    actor.kind === 'staff' || actor.kind === 'system' ? sql`true` : sql`false`,

  /** Drafts, replies about to be sent and who is present are no client's. */
  inProgress: (actor: Actor): Condition => (actor.kind === 'staff' ? sql`true` : sql`false`),

  /** What was done to many tickets at once: by oneself, to an admin by anybody. */
  bulks: (actor: Actor): Condition => {
    if (actor.kind !== 'staff') return sql`false`;
    return isAdmin(actor) ? sql`true` : sql`bulks.staff_id = ${actor.staffId}`;
  },

  /** Saved views and canned responses: one's own, and those that all staff share. */
  views: (actor: Actor): Condition => ownOrShared(actor, sql.ref('views.staff_id')),
  cannedResponses: (actor: Actor): Condition => ownOrShared(actor, sql.ref('canned_responses.staff_id')),

  /** What members of staff sign in by: an admin's to know, and their own. */
  credentials: (actor: Actor): Condition =>
    actor.kind === 'system' || isAdmin(actor)
      ? sql`true`
      : sql`staff.staff_id = ${actor.kind === 'staff' ? actor.staffId : null}`,

  /** Where somebody is signed in is their own affair. */
  sessions: (actor: Actor): Condition =>
    actor.kind === 'staff' ? sql`staff_sessions.staff_id = ${actor.staffId}` : sql`false`,
};

/** A key stands for the whole account; of its people each sees what is for all of them, or for a project of theirs. */
export const seesAllOfAccount = (actor: Actor): boolean =>
  actor.kind !== 'client' || actor.sessionId === undefined;

const isHidden = ({ accountId, userId }: ClientActor, table: string) => sql`
  ${sql.ref(`${table}.access_level`)} = 'project_users'
  and (${sql.ref(`${table}.keystone_projects`)} && (
    select projects from contacts where account_id = ${accountId} and user_id = ${userId ?? null}
  )) is not true
`;

const unlessHidden = (client: ClientActor, table: string) =>
  seesAllOfAccount(client) ? sql`` : sql` and not (${isHidden(client, table)})`;

/** For what belongs to a ticket, which may be none yet. */
const unlessTicketHidden = (client: ClientActor, table: 'comments' | 'files' | 'events') =>
  seesAllOfAccount(client)
    ? sql``
    : sql` and not exists (
        select from tickets as hiding
        where hiding.account_id = ${client.accountId}
          and hiding.number = ${sql.ref(`${table}.ticket_number`)}
          and ${isHidden(client, 'hiding')}
      )`;

/** A client sees of its account, support everything unless told otherwise, a service nothing. */
function between(
  actor: Actor,
  ofClient: (client: ClientActor) => Condition,
  ofSupport: Condition = sql`true`,
): Condition {
  if (actor.kind === 'client') return ofClient(actor);
  return actor.kind === 'service' ? sql`false` : ofSupport;
}

/** How one gets in oneself is for keys that may read what is under /staff/me. */
function isOwnEvent({ staffId, scopes }: StaffActor): Condition {
  const isOwn = sql<boolean>`events.staff_id = ${staffId}`;
  return (scopes?.includes('me') ?? true) ? isOwn : sql`(${isOwn} and not ${isOfAccess})`;
}

/** Of what others did: nothing of what they keep for themselves, and of how people get in what is an admin's to know. */
function isForStaff(actor: StaffActor): Condition {
  return isAdmin(actor) ? isOfAll : sql`(${isOfAll} and not ${isOfAccess})`;
}

/** What is one's own says in its events whether all staff share it. */
const isOfAll = sql<boolean>`(
  events.type <> all(${typesWhere(({ audience }) => audience === 'self')})
  or coalesce(events.data ->> 'is_shared', events.data -> 'before' ->> 'is_shared') is distinct from 'false'
)`;

const isOfAccess = sql<boolean>`events.type = any(${typesWhere(({ audience }) => audience === 'admin')})`;

/** SQL for the fields of an event's data that admins alone see. */
const fieldsOfAdmins = sql`
  case
    ${sql.join(
      typesWhere(({ adminsSee }) => adminsSee !== undefined).map(
        (type) => sql`when events.type = ${type} then ${eventTypes[type].adminsSee}::text[]`,
      ),
      sql` `,
    )}
    else '{}'
  end
`;

const ownOrShared = (actor: Actor, owner: RawBuilder<unknown>): Condition =>
  actor.kind === 'staff' ? sql`(${owner} is null or ${owner} = ${actor.staffId})` : sql`false`;
