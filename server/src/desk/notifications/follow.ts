/**
 * Adds notifications. It follows the feed, so that no write waits for it: a member is notified within a second. Of one
 * ticket there is at most one of each reason, the latest.
 */
import type { Tx } from '#platform/db/database.ts';
import { parseCursor } from '#platform/events/cursor.ts';
import { isOfType } from '#platform/events/events.ts';
import { feedFollower } from '#platform/events/feed-follower.ts';
import type { RecordedEvent } from '#platform/events/read.ts';
import { isClientVisible, typesWhere } from '#platform/events/types.ts';
import { sql } from '#platform/sql.ts';
import { NOTIFICATIONS_CHANNEL } from './notifications.ts';
import type { Reason } from './schema.ts';

export const notifyStaff = feedFollower({
  name: 'notifications',
  types: typesWhere(({ notifies = [] }) => notifies.includes('assignee') || notifies.includes('mentioned')),
  startsAt: 'now', // nobody is told of the past of an old instance
  batchSize: 200,
  apply: (tx, events) => addNotifications(tx, events.flatMap(concernsOf)),
});

interface Concern {
  account_id: number;
  number: number;
  reason: Reason;
  /** Whom it concerns. Null: whoever is the assignee, and after an unassignment nobody. */
  staff_id: number | null;
  comment_id: number | null;
  by_staff_id: number | null;
  created_at: string;
  event_id: string | undefined;
}

function concernsOf(event: RecordedEvent): Concern[] {
  const { account_id, ticket_number: number, comment_id, staff_id: by_staff_id, created_at, data } = event;
  if (number === null) return [];
  const [, , event_id] = parseCursor(event.cursor);
  const concern = (reason: Reason, staff_id: number | null): Concern[] => [
    { account_id, number, reason, staff_id, comment_id, by_staff_id, created_at, event_id },
  ];
  if (event.type === 'ticket.triaged') {
    const assignee = assigneeAfter(event.data?.after);
    return assignee === undefined ? [] : concern('assigned', assignee);
  }
  // What a client does besides, such as to end a snooze, is of the same comment.
  if (event.actor_kind === 'client') return isClientVisible(event.type) ? concern('replied', null) : [];
  return mentionsIn(data).flatMap((id) => concern('mentioned', id));
}

const assigneeAfter = (after: object = {}) =>
  'assignee_id' in after ? (after.assignee_id as number | null) : undefined; // a column of tickets

const mentionsIn = (data: object | null): number[] =>
  data && 'mentions' in data && Array.isArray(data.mentions) ? data.mentions : [];

/**
 * Those for a former assignee go, and a reply from before an assignment is of no concern to the new one. Tickets that
 * are gone, and members who are disabled, are left out. NOTIFY makes the commits of those who use it wait for each
 * other: here it is one transaction at a time.
 */
async function addNotifications(tx: Tx, concerns: Concern[]) {
  const latest = new Map(
    concerns.map((concern) => [
      `${concern.account_id} ${concern.number} ${concern.reason} ${concern.reason === 'mentioned' ? concern.staff_id : ''}`,
      concern,
    ]),
  );
  if (latest.size === 0) return;
  await sql`
    with given as (
      select *
      from jsonb_to_recordset(${JSON.stringify([...latest.values()])}) as given (
        account_id bigint, number bigint, reason text, staff_id bigint, comment_id bigint, by_staff_id bigint,
        created_at timestamptz, event_id bigint
      )
    ), added as (
      insert into notifications (
        account_id, ticket_number, staff_id, reason, comment_id, by_staff_id, created_at
      )
      select account_id, number, staff.staff_id, reason, comment_id, by_staff_id, given.created_at
      from given
      join tickets using (account_id, number)
      join staff on staff.staff_id = case reason when 'replied' then assignee_id else given.staff_id end
      where disabled_at is null
        and by_staff_id is distinct from staff.staff_id
        and (reason = 'mentioned' or staff.staff_id = assignee_id)
        and (reason <> 'replied' or not exists (
          select from events
          where events.account_id = tickets.account_id and events.ticket_number = tickets.number
            and events.id > given.event_id and ${isOfType('ticket.triaged')}
            and data -> 'before' -> 'assignee_id' is distinct from data -> 'after' -> 'assignee_id'
        ))
      on conflict (account_id, ticket_number, staff_id, reason) do update
      set comment_id = excluded.comment_id, by_staff_id = excluded.by_staff_id, created_at = excluded.created_at
      returning staff_id
    ), ended as (
      delete from notifications
      using (
        select distinct account_id, number, assignee_id
        from given
        join tickets using (account_id, number)
      ) as followed
      where notifications.account_id = followed.account_id
        and notifications.ticket_number = followed.number
        and notifications.reason <> 'mentioned'
        and notifications.staff_id is distinct from followed.assignee_id
      returning notifications.staff_id
    )
    select pg_notify(${NOTIFICATIONS_CHANNEL}, staff_id::text)
    from (select staff_id from added union select staff_id from ended) as told
  `.execute(tx);
}
