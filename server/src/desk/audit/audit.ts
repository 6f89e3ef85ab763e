/** The audit: events as they were recorded, the latest first. Nothing edits them. */
import type { Db } from '#platform/db/database.ts';
import { equalsAny, splitList } from '#platform/db/equals-any.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { AuditItem, AuditQuery } from './schema.ts';

/** Bounds the size of a page: the values before and after a change may be long. */
const PAGE_BYTES = 4 * 1024 * 1024;

export async function listAudit(db: Db, query: AuditQuery) {
  const { limit } = query;
  const { rows } = await sql<AuditItem & { found: number }>`
    select *
    from (
      select page.*, count(*) over () as found, row_number() over (${newestFirst}) as place,
        sum(octet_length(data::text)) over (${newestFirst}) as up_to
      from (
    select epoch, events.xid, id, epoch || '.' || xid || '.' || id as cursor, events.created_at, type, actor_kind, staff_id,
      staff.name as staff_name, token_id, user_id, account_id, ticket_number, comment_id, data
    from events
    left join staff using (staff_id)
    where ${sql.join(conditionsOf(query), sql` and `)}
    order by epoch desc, events.xid desc, id desc
    limit ${limit + 1}
      ) as page
    ) as sized
    where place = 1 or up_to is null or up_to <= ${PAGE_BYTES}
    order by place
  `.execute(db);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, after: last && last.found > items.length ? last.cursor : null };
}

const newestFirst = sql.raw('order by epoch desc, xid desc, id desc');

function conditionsOf(query: AuditQuery): Sql[] {
  const conditions = filterNames.flatMap((name) =>
    query[name] === undefined ? [] : [filters[name](String(query[name]))],
  );
  return [sql`true`, ...conditions];
}

const filters: Record<Exclude<keyof AuditQuery, 'limit' | 'format'>, (value: string) => Sql> = {
  staff_id: (ids) => equalsAny('staff_id', splitList(ids), 'bigint'),
  token_id: (ids) => equalsAny('token_id', splitList(ids), 'bigint'),
  account_id: (ids) => equalsAny('account_id', splitList(ids), 'bigint'),
  ticket_number: (numbers) => equalsAny('ticket_number', splitList(numbers), 'bigint'),
  type: (types) => sql`(${sql.join(splitList(types).map(isOfType), sql` or `)})`,
  from: (time) => sql`events.created_at >= ${time}`,
  to: (time) => sql`events.created_at <= ${time}`,
  after: (cursor) => {
    const [epoch, xid, id] = cursor.split('.');
    return sql`(epoch, xid, id) < (${epoch}::int, ${xid}::xid8, ${id}::bigint)`;
  },
};

const isOfType = (type: string) =>
  type.includes('.') ? sql`type = ${type}` : sql`starts_with(type, ${`${type}.`})`;

const filterNames = Object.keys(filters) as Array<keyof typeof filters>; // the keys of this very object
