/** Alerts for staff that an SLA target is near or was missed: once per ticket and target. */
import { system } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';

export interface Alert {
  account_id: number;
  number: number;
  target: 'first_response' | 'resolution';
  kind: 'warned' | 'breached';
  /** In ms since 1970. */
  due: number;
}

/** Records each alert once, however many processes find it: the primary key prevents duplicates. */
export async function recordAlerts(tx: Tx, alerts: Alert[]) {
  if (alerts.length === 0) return;
  const { rows } = await sql<{
    account_id: number;
    ticket_number: number;
    target: string;
    kind: Alert['kind'];
    due_at: string;
  }>`
    insert into sla_alerts (account_id, ticket_number, target, kind, due_at)
    select *
    from unnest(
      ${alerts.map(({ account_id }) => account_id)}::bigint[],
      ${alerts.map(({ number }) => number)}::bigint[],
      ${alerts.map(({ target }) => target)}::text[],
      ${alerts.map(({ kind }) => kind)}::text[],
      ${alerts.map(({ due }) => new Date(due).toISOString())}::timestamptz[]
    )
    on conflict do nothing
    returning account_id, ticket_number, target, kind, due_at
  `.execute(tx);
  for (const { account_id, ticket_number: number, target, kind, due_at } of rows) {
    await record(tx, system, `sla.${kind}`, { account_id, number, data: { target, due_at } });
  }
}
