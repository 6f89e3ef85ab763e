/** Who did what: the events as they were recorded, the latest first. Nothing edits them. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { AuditQuery } from './schema.ts';

interface AuditItem {
  cursor: string;
  created_at: string;
  type: string;
  actor_kind: string;
  staff_id: number | null;
  staff_name: string | null;
  token_id: number | null;
  user_id: string | null;
  account_id: number;
  ticket_number: number | null;
  comment_id: number | null;
  data: object | null;
}

export async function listAudit(db: Db, query: AuditQuery) {
  const { limit } = query;
  const { rows } = await sql<AuditItem>`
    select epoch || '.' || xid || '.' || id as cursor, events.created_at, type, actor_kind, staff_id,
      staff.name as staff_name, token_id, user_id, account_id, ticket_number, comment_id, data
    from events
    left join staff using (staff_id)
    where ${sql.join(conditionsOf(query), sql` and `)}
    order by epoch desc, events.xid desc, id desc
    limit ${limit + 1}
  `.execute(db);
  const items = rows.slice(0, limit);
  return { items, after: rows.length > limit ? (items.at(-1)?.cursor ?? null) : null };
}

function conditionsOf({ limit, format, ...asked }: AuditQuery): RawBuilder<unknown>[] {
  const conditions = [sql`true`];
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined) conditions.push(conditionOf[name as keyof typeof asked](String(value)));
  }
  return conditions;
}

const conditionOf: Record<
  keyof Omit<AuditQuery, 'limit' | 'format'>,
  (value: string) => RawBuilder<unknown>
> = {
  staff_id: (id) => sql`staff_id = ${id}::bigint`,
  token_id: (id) => sql`token_id = ${id}::bigint`,
  account_id: (id) => sql`account_id = ${id}::bigint`,
  ticket_number: (number) => sql`ticket_number = ${number}::bigint`,
  type: (type) => (type.includes('.') ? sql`type = ${type}` : sql`starts_with(type, ${`${type}.`})`),
  from: (time) => sql`events.created_at >= ${time}`,
  to: (time) => sql`events.created_at <= ${time}`,
  after: (cursor) => {
    const [epoch, xid, id] = cursor.split('.');
    return sql`(epoch, xid, id) < (${epoch}::int, ${xid}::xid8, ${id}::bigint)`;
  },
};
