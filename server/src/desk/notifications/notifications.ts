/** The notifications of a team member. Reading them removes them, and records no event: they are about nobody else. */
import type { StaffActor } from '#actor.ts';
import type { Db } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { MAX_COUNT, type Notification, type Notifications, type ReadQuery } from './schema.ts';

/** Tells the processes with open streams whose notifications have changed. */
export const NOTIFICATIONS_CHANNEL = 'paneldesk_notifications';

const LISTED = 50;

export async function listNotifications(db: Db, { staffId }: StaffActor): Promise<Notifications> {
  const { rows } = await sql<Notification & { count: number }>`
    select reason, notifications.ticket_number, summary as ticket_summary, coalesce(staff.name, author_name) as actor_name,
      comment_id, notifications.created_at,
      (
        select count(*)
        from (select from notifications where staff_id = ${staffId} limit ${MAX_COUNT}) as counted
      ) as count
    from notifications
    join tickets on tickets.account_id = notifications.account_id and number = notifications.ticket_number
    left join comments on comments.account_id = notifications.account_id and comments.id = comment_id
    left join staff on staff.staff_id = by_staff_id
    where notifications.staff_id = ${staffId}
    order by notifications.created_at desc, notifications.ticket_number desc, reason
    limit ${LISTED}
  `.execute(db);
  return { items: rows, count: rows[0]?.count ?? 0 };
}

/** Without a transaction: a NOTIFY inside of one would hold up the commits of others. */
export async function markNotificationsRead(db: Db, actor: StaffActor, { ticket_number, until }: ReadQuery) {
  await sql`
    with gone as (
      delete from notifications
      where staff_id = ${actor.staffId}
        and (${ticket_number ?? null}::bigint is null or ticket_number = ${ticket_number ?? null})
        and (${until ?? null}::timestamptz is null or created_at <= ${until ?? null})
      returning staff_id
    )
    select pg_notify(${NOTIFICATIONS_CHANNEL}, staff_id::text)
    from gone
    limit 1
  `.execute(db);
  return listNotifications(db, actor);
}
