/** The tickets of all accounts for staff: filtered, sorted, in pages with a cursor. */
import type { StaffActor } from '#actor.ts';
import { ticketColumns, ticketStatus } from '#desk/tickets/find.ts';
import { withCan } from '#desk/tickets/rules.ts';
import type { StoredTicket } from '#desk/tickets/schema.ts';
import type { Db } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { findClient } from './client.ts';
import { conditionsOf, hidesSnoozed } from './filter.ts';
import { orderOf } from './orders.ts';
import { findFiles, findScores } from './rare.ts';
import type { QueueQuery, QueueTicket, RequestFilter } from './schema.ts';
import { findWords } from './search.ts';

const MAX_COUNTED = 1000;
/** Limits the bytes of votes in a page: with their comments they may exceed everything else. */
const VOTE_BYTES = 1024 * 1024;

/**
 * Reads after a cursor, so a page neither repeats nor skips a ticket that does not move, whatever else does. The limit
 * is a literal: for a parameter PostgreSQL would plan to read a tenth of the table, and so plan each page again, which
 * takes as long as reading it.
 */
export async function listQueue(db: Db, actor: StaffActor, query: QueueQuery) {
  const { after, limit, ...filter } = query;
  const order = orderOf(query.sort, after);
  const asked = await allConditions(db, actor, filter);
  if (order.present) asked.push(order.present);
  if (order.isBehind) asked.push(order.isBehind);
  const { rows } = await sql<Omit<QueueTicket, 'can' | 'is_can_be_voted'> & StoredTicket & { found: number }>`
    with keys as materialized (
      select account_id, number, ${order.column} as place
      from tickets
      where ${joinWithAnd(asked)}
      order by ${order.by}
      limit ${sql.lit(limit + 1)}
    )
    select *
    from (
    select ${ticketColumns}, accounts.name as account_name, staff.name as assignee_name, last_comment,
      ${hasDraft(actor)} as has_draft,
      row_number() over (order by ${order.by}) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by ${order.by}) as up_to
    from keys
    join tickets using (account_id, number)
    ${ticketStatus}
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (${lastComment}) as last_comment on true
    ) as page
    where place = 1 or up_to <= ${VOTE_BYTES}
    order by place
  `.execute(db);
  const items = rows.slice(0, limit).map((ticket) => withCan(actor, ticket));
  const last = items.at(-1);
  return { items, after: last && last.found > items.length ? order.cursorOf(last) : null };
}

/** The number of matching tickets: exact up to 999, 1000 for more. */
export async function countQueue(db: Db, actor: StaffActor, filter: RequestFilter): Promise<number> {
  const [count = 0] = await countEach(db, actor, [filter]);
  return count;
}

/** The same for each of the filters. */
export async function countEach(db: Db, actor: StaffActor, filters: RequestFilter[]): Promise<number[]> {
  if (filters.length === 0) return [];
  const asked = await Promise.all(filters.map((filter) => allConditions(db, actor, filter)));
  const counts = asked.map(
    (conditions) => sql`(
      select count(*)
      from (
        select
        from tickets
        where ${joinWithAnd(conditions)}
        limit ${sql.lit(MAX_COUNTED)}
      ) as counted
    )`,
  );
  // In parentheses, so that database.ts does not prepare it: every collection of views has its own text.
  const all = sql<{ counts: number[] }>`(select array[${sql.join(counts)}]::int[] as counts)`;
  const { rows } = await all.execute(db);
  return rows[0]?.counts ?? [];
}

async function allConditions(db: Db, actor: StaffActor, asking: RequestFilter) {
  const { q, client, has_files, score_from, score_to, ...filter } = asking;
  const asked = conditionsOf(filter, actor);
  if (hidesSnoozed(asking)) asked.push(sql`not is_snoozed`);
  if (q !== undefined) asked.push(await findWords(db, q));
  if (client !== undefined) asked.push(await findClient(db, client));
  if (has_files !== undefined) asked.push(await findFiles(db, has_files));
  if ((score_from ?? score_to) !== undefined) asked.push(await findScores(db, score_from, score_to));
  return asked;
}

const joinWithAnd = (conditions: Sql[]) =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);

const hasDraft = ({ staffId }: StaffActor) => sql`exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = ${staffId}
)`;

const lastComment = sql.raw(`
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
`);
