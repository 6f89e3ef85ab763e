/** What happens to tickets that fall silent: a rule for each topic, or one for all. */
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import { onlyRow } from '../db/only-row.ts';
import { invalid, notFound } from '../errors.ts';
import { recordDesk } from '../events/events.ts';
import { checkTopic } from '../topics/topics.ts';
import type { AutoRule, AutoRuleChange, NewAutoRule } from './schema.ts';

const columns = sql.raw(`
  auto_rule_id, topic_key, is_enabled, remind_after_days, canned_answer_id, close_after_days,
  close_resolved_after_days, created_at, updated_at
`);

export async function listAutoRules(db: Db): Promise<AutoRule[]> {
  const { rows } = await sql<AutoRule>`
    select ${columns}
    from auto_rules
    order by topic_key nulls last
  `.execute(db);
  return rows;
}

/** A 409 when the topic has a rule. */
export async function addAutoRule(tx: Tx, actor: Actor, input: NewAutoRule): Promise<AutoRule> {
  const { topic_key = null, is_enabled = false, remind_after_days = null, canned_answer_id = null } = input;
  const { close_after_days = null, close_resolved_after_days = null } = input;
  await checkTopic(tx, topic_key);
  await check(tx, { remind_after_days, canned_answer_id, close_after_days });
  const result = await sql<AutoRule>`
    insert into auto_rules (
      topic_key, is_enabled, remind_after_days, canned_answer_id, close_after_days, close_resolved_after_days
    )
    values (
      ${topic_key}, ${is_enabled}, ${remind_after_days}, ${canned_answer_id}, ${close_after_days},
      ${close_resolved_after_days}
    )
    returning ${columns}
  `.execute(tx);
  const rule = onlyRow(result);
  await recordDesk(tx, actor, 'auto_rule.added', rule);
  return rule;
}

export async function changeAutoRule(
  tx: Tx,
  actor: Actor,
  ruleId: number,
  change: AutoRuleChange,
): Promise<AutoRule> {
  const before = await holdAutoRule(tx, ruleId);
  const rule = { ...before, ...change };
  await check(tx, rule);
  const result = await sql<AutoRule>`
    update auto_rules
    set is_enabled = ${rule.is_enabled}, remind_after_days = ${rule.remind_after_days},
        canned_answer_id = ${rule.canned_answer_id}, close_after_days = ${rule.close_after_days},
        close_resolved_after_days = ${rule.close_resolved_after_days}, updated_at = now()
    where auto_rule_id = ${ruleId}
    returning ${columns}
  `.execute(tx);
  const after = onlyRow(result);
  await recordDesk(tx, actor, 'auto_rule.changed', { auto_rule_id: ruleId, before, after });
  return after;
}

export async function deleteAutoRule(tx: Tx, actor: Actor, ruleId: number): Promise<AutoRule> {
  const rule = await holdAutoRule(tx, ruleId);
  await sql`delete from auto_rules where auto_rule_id = ${ruleId}`.execute(tx);
  await recordDesk(tx, actor, 'auto_rule.deleted', { before: rule });
  return rule;
}

/** Held until the commit: two changes at once could leave days that make no sense together. */
async function holdAutoRule(tx: Tx, ruleId: number): Promise<AutoRule> {
  const { rows } = await sql<AutoRule>`
    select ${columns}
    from auto_rules
    where auto_rule_id = ${ruleId}
    for update
  `.execute(tx);
  if (!rows[0]) throw notFound('auto rule');
  return rows[0];
}

async function check(
  db: Db,
  {
    remind_after_days,
    canned_answer_id,
    close_after_days,
  }: Pick<AutoRule, 'remind_after_days' | 'canned_answer_id' | 'close_after_days'>,
) {
  if (remind_after_days && close_after_days && close_after_days <= remind_after_days) {
    throw invalid('invalid_auto_rule', 'A ticket can only be closed some days after its reminder.', [
      { pointer: '/close_after_days', detail: 'must be more than remind_after_days' },
    ]);
  }
  if (!canned_answer_id) return;
  const { rows } = await sql`
    select
    from canned_answers
    where canned_answer_id = ${canned_answer_id} and staff_id is null
  `.execute(db);
  if (rows.length === 0) {
    throw invalid('unknown_canned_answer', 'There is no such ready answer that all staff share.', [
      { pointer: '/canned_answer_id', detail: 'is not the id of a shared ready answer' },
    ]);
  }
}
