/** What staff see of the client beside a ticket. */
import type { StaffActor } from '#actor.ts';
import type { AuthorUser } from '#desk/tickets/comments/schema.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import type { Db } from '#platform/db/database.ts';
import { jsonTime } from '#platform/db/json-time.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import type { AccountActivity } from './schema.ts';

const MAX_RECENT = 5;
/** Bounds what is read of an account that votes much. */
const MAX_VOTES = 1000;

interface Client {
  activity: AccountActivity;
  author_user: AuthorUser | null;
}

export async function findClientOf(
  db: Db,
  actor: StaffActor,
  { account_id, number }: TicketRow,
): Promise<Client> {
  const result = await sql<Client>`
    select
      jsonb_build_object(
        'open_ticket_count', tickets_open,
        'average_score', (${averageScore(account_id)}),
        'recent_tickets', (${recentTickets(actor, account_id, number)})
      ) as activity,
      coalesce(
        (${authorAmong(account_id, sql`ticket_number = ${number} and merged_from_ticket_number is null`)}),
        (${authorAmong(account_id, sql`merged_from_ticket_number = ${number}`)})
      ) as author_user
    from account_state
    where account_id = ${account_id}
  `.execute(db);
  return oneRow(result);
}

/** Of the last vote on each ticket. */
const averageScore = (accountId: number) => sql`
  select round(avg(score), 1)
  from (
    select distinct on (ticket_number) score
    from (
      select id, ticket_number, comment_id, score
      from votes
      where account_id = ${accountId}
      order by id desc
      limit ${sql.lit(MAX_VOTES)}
    ) as newest
    where comment_id is null and score is not null
    order by ticket_number, id desc
  ) as latest
`;

const recentTickets = (actor: StaffActor, accountId: number, number: number) => sql`
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'number', number, 'summary', summary, 'status', statuses.name, 'status_key', status_key,
      'is_closed', is_closed, 'updated_at', ${jsonTime('updated_at')}
    ) order by updated_at desc, number desc
  ), '[]')
  from (
    select *
    from tickets
    where account_id = ${accountId} and number <> ${number} and ${visibleTo.tickets(actor)}
    order by updated_at desc, number desc
    limit ${sql.lit(MAX_RECENT)}
  ) as recent
  join statuses on statuses.key = recent.status_key
`;

/** The contact of the client's first comment among these. A comment that a program wrote has none. */
const authorAmong = (accountId: number, condition: ReturnType<typeof sql>) => sql`
  select jsonb_build_object('id', contacts.user_id, 'name', contacts.name, 'email', contacts.email)
  from (
    select user_id
    from comments
    where account_id = ${accountId} and is_client_author and ${condition}
    order by id
    limit 1
  ) as first
  join contacts on contacts.account_id = ${accountId} and contacts.user_id = first.user_id
`;
