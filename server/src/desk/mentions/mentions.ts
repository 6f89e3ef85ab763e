/** Mentions of staff on a ticket. A mention ends when they mark the ticket as read, or write on it. */
import type { StaffActor } from '#actor.ts';
import { invalid } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';

/** Refuses staff who do not exist or are disabled. */
export async function checkMentions(db: Db, staffIds: number[] = []) {
  if (staffIds.length === 0) return;
  const { rows } = await sql<{ position: number }>`
    select position
    from unnest(${staffIds}::bigint[]) with ordinality as mentioned (staff_id, position)
    where staff_id not in (select staff_id from staff where disabled_at is null)
    order by position
  `.execute(db);
  if (rows.length === 0) return;
  const errors = rows.map(({ position }) => ({
    pointer: `/mentions/${position - 1}`,
    detail: 'is not the id of a staff member who can be mentioned',
  }));
  throw invalid('unknown_staff', 'There is no such staff member, or they are disabled.', errors);
}

/** SQL that ends the actor's mentions on the tickets of `wanted`, and returns those that had one. */
export const endingMentions = ({ staffId }: StaffActor, wanted: Sql) => sql`
  delete from mentions
  using ${wanted}
  where mentions.account_id = wanted.account_id and ticket_number = wanted.number
    and mentions.staff_id = ${staffId}
  returning wanted.account_id, wanted.number
`;

/**
 * Parts of the statement in which the actor writes on the tickets of `wanted`: ends the actor's own mentions, and
 * mentions these staff, except the actor.
 */
export const mentioning = (actor: StaffActor, wanted: Sql, staffIds: number[]) => sql`
  looked as (${endingMentions(actor, wanted)}),
  mentioned as (
    insert into mentions (account_id, ticket_number, staff_id)
    select account_id, number, mentioned.staff_id
    from ${wanted}
    cross join unnest(${staffIds}::bigint[]) as mentioned (staff_id)
    where mentioned.staff_id <> ${actor.staffId}
    on conflict do nothing
  )
`;

/** Sets the staff who are mentioned on these tickets. */
export async function writeMentions(
  tx: Tx,
  accountId: number,
  mentions: Array<{ number: number; mentions: number[] }>,
) {
  await sql`
    with wanted as (
      select number, staff_id
      from jsonb_to_recordset(${JSON.stringify(mentions)}) as given (number bigint, mentions bigint[])
      cross join unnest(given.mentions) as staff_id
    ), ended as (
      delete from mentions
      where account_id = ${accountId}
        and ticket_number = any(${mentions.map(({ number }) => number)}::bigint[])
        and not exists (
          select from wanted where number = ticket_number and wanted.staff_id = mentions.staff_id
        )
    )
    insert into mentions (account_id, ticket_number, staff_id)
    select ${accountId}, number, staff_id
    from wanted
    on conflict do nothing
  `.execute(tx);
}

/** Staff who are mentioned on the sources of a merge are mentioned on its target instead. */
export async function moveMentions(tx: Tx, accountId: number, sources: number[], target: number) {
  await sql`
    with moved as (
      delete from mentions
      where account_id = ${accountId} and ticket_number = any(${sources}::bigint[])
      returning staff_id
    )
    insert into mentions (account_id, ticket_number, staff_id)
    select distinct ${accountId}::bigint, ${target}::bigint, staff_id
    from moved
    on conflict do nothing
  `.execute(tx);
}
