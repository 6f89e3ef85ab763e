/** What happens to inactive tickets: a rule for each topic, or one for all. */
import type { Actor } from '#actor.ts';
import { checkTopic } from '#desk/topics/topics.ts';
import { invalid, notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import type { InactivityRule, InactivityRuleChange, NewInactivityRule } from './schema.ts';

const columns = sql.raw(`
  inactivity_rule_id, topic_key, is_enabled, remind_after_days, canned_response_id, close_after_days,
  close_resolved_after_days, created_at, updated_at
`);

export async function listInactivityRules(db: Db): Promise<InactivityRule[]> {
  const { rows } = await sql<InactivityRule>`
    select ${columns}
    from inactivity_rules
    order by topic_key nulls last
  `.execute(db);
  return rows;
}

/** Throws a 409 when the topic has a rule. */
export async function addInactivityRule(
  tx: Tx,
  actor: Actor,
  input: NewInactivityRule,
): Promise<InactivityRule> {
  const { topic_key = null, is_enabled = false, remind_after_days = null, canned_response_id = null } = input;
  const { close_after_days = null, close_resolved_after_days = null } = input;
  await checkTopic(tx, topic_key);
  await check(tx, { remind_after_days, canned_response_id, close_after_days });
  const result = await sql<InactivityRule>`
    insert into inactivity_rules (
      topic_key, is_enabled, remind_after_days, canned_response_id, close_after_days, close_resolved_after_days
    )
    values (
      ${topic_key}, ${is_enabled}, ${remind_after_days}, ${canned_response_id}, ${close_after_days},
      ${close_resolved_after_days}
    )
    returning ${columns}
  `.execute(tx);
  const rule = oneRow(result);
  await record(tx, actor, 'inactivity_rule.added', { data: rule });
  return rule;
}

export async function changeInactivityRule(
  tx: Tx,
  actor: Actor,
  ruleId: number,
  change: InactivityRuleChange,
): Promise<InactivityRule> {
  const before = await lockInactivityRule(tx, ruleId);
  const rule = { ...before, ...change };
  await check(tx, rule);
  const result = await sql<InactivityRule>`
    update inactivity_rules
    set is_enabled = ${rule.is_enabled}, remind_after_days = ${rule.remind_after_days},
        canned_response_id = ${rule.canned_response_id}, close_after_days = ${rule.close_after_days},
        close_resolved_after_days = ${rule.close_resolved_after_days}, updated_at = now()
    where inactivity_rule_id = ${ruleId}
    returning ${columns}
  `.execute(tx);
  const after = oneRow(result);
  await record(tx, actor, 'inactivity_rule.changed', { data: { inactivity_rule_id: ruleId, before, after } });
  return after;
}

export async function deleteInactivityRule(tx: Tx, actor: Actor, ruleId: number): Promise<InactivityRule> {
  const rule = await lockInactivityRule(tx, ruleId);
  await sql`delete from inactivity_rules where inactivity_rule_id = ${ruleId}`.execute(tx);
  await record(tx, actor, 'inactivity_rule.deleted', { data: { before: rule } });
  return rule;
}

/** Locked until the commit: two concurrent changes could leave days that contradict each other. */
async function lockInactivityRule(tx: Tx, ruleId: number): Promise<InactivityRule> {
  const { rows } = await sql<InactivityRule>`
    select ${columns}
    from inactivity_rules
    where inactivity_rule_id = ${ruleId}
    for update
  `.execute(tx);
  if (!rows[0]) throw notFound('inactivity rule');
  return rows[0];
}

async function check(
  db: Db,
  {
    remind_after_days,
    canned_response_id,
    close_after_days,
  }: Pick<InactivityRule, 'remind_after_days' | 'canned_response_id' | 'close_after_days'>,
) {
  if (remind_after_days && close_after_days && close_after_days <= remind_after_days) {
    throw invalid('invalid_inactivity_rule', '`close_after_days` must be greater than `remind_after_days`.', [
      { pointer: '/close_after_days', detail: 'must be greater than remind_after_days' },
    ]);
  }
  if (!canned_response_id) return;
  const { rows } = await sql`
    select
    from canned_responses
    where canned_response_id = ${canned_response_id} and staff_id is null
  `.execute(db);
  if (rows.length === 0) {
    throw invalid('unknown_canned_response', 'There is no such shared canned response.', [
      { pointer: '/canned_response_id', detail: 'is not the id of a shared canned response' },
    ]);
  }
}
