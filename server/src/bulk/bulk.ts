/** One action on many tickets: each has a result of its own, and all that was done can be undone together. */
import { sql } from 'kysely';
import type { StaffActor } from '../actor.ts';
import type { Tx } from '../db/database.ts';
import { onlyRow } from '../db/only-row.ts';
import { ApiError, conflict, type FieldError, invalid } from '../errors.ts';
import { changeTicketAsStaff, lockAssignee, tagsOf } from '../tickets/change.ts';
import { closeTicketAsStaff, resolveTicket } from '../tickets/close.ts';
import { lockTicket } from '../tickets/find.ts';
import { MAX_TAGS } from '../tickets/merge-fields.ts';
import { unknownTopic } from '../tickets/open.ts';
import type { TicketRow } from '../tickets/schema.ts';
import { markSeen } from '../tickets/see.ts';
import { differenceOf, fieldsOf, lockAll } from './fields.ts';
import type { Bulk, BulkChange, BulkResult } from './schema.ts';

export async function runBulk(tx: Tx, actor: StaffActor, input: Bulk): Promise<BulkResult> {
  const { ticket_numbers, action, change } = input;
  refuseMixed(input);
  if (change) await checkChange(tx, change);
  await lockAll(tx, ticket_numbers, action === 'close');
  const result = await sql<{ bulk_id: number }>`
    insert into bulks (staff_id)
    values (${actor.staffId})
    returning bulk_id
  `.execute(tx);
  const { bulk_id } = onlyRow(result);
  const items = [];
  for (const ticket_number of ticket_numbers) {
    items.push({ ticket_number, result: await workOn(tx, actor, bulk_id, ticket_number, input) });
  }
  return { bulk_id, items };
}

function refuseMixed({ change, action, reason }: Bulk) {
  if ((change === undefined) === (action === undefined)) {
    throw refusal(
      'Give either a change or an action.',
      '/action',
      'cannot stand beside a change, and one of the two is needed',
    );
  }
  if (reason !== undefined && action !== 'close') {
    throw refusal('A reason is for closing.', '/reason', 'is for the action "close"');
  }
}

/** The assignee and the topic of a change must exist, whatever the tickets are. */
async function checkChange(tx: Tx, { assignee_id, topic_key }: BulkChange) {
  if (assignee_id) await lockAssignee(tx, assignee_id, '/change/assignee_id');
  if (!topic_key) return;
  const { rows } = await sql`
    select
    from topics
    where key = ${topic_key} and archived_at is null
  `.execute(tx);
  if (rows.length === 0) throw unknownTopic('/change/topic_key');
}

const refusal = (sentence: string, pointer: string, detail: FieldError['detail']) =>
  invalid('invalid_request', sentence, [{ pointer, detail }]);

/** `done`, or the code of the refusal: a ticket that does not exist, or whose state forbids it, stops no other. */
async function workOn(
  tx: Tx,
  actor: StaffActor,
  bulkId: number,
  number: number,
  input: Bulk,
): Promise<string> {
  try {
    const before = await lockTicket(tx, actor, number);
    await noteChange(tx, bulkId, before, await perform(tx, actor, before, input));
    return 'done';
  } catch (error) {
    // These are thrown before anything of the ticket is written.
    if (error instanceof ApiError && (error.status === 404 || error.status === 409)) return error.code;
    throw error;
  }
}

async function perform(
  tx: Tx,
  actor: StaffActor,
  before: TicketRow,
  { action, change = {}, reason }: Bulk,
): Promise<TicketRow> {
  const { number } = before;
  if (action === 'resolve') return resolveTicket(tx, actor, number);
  if (action === 'close') return closeTicketAsStaff(tx, actor, number, reason);
  if (action !== undefined) return markSeen(tx, actor, number, action === 'read');
  const { add_tags, remove_tags, ...fields } = change;
  if (!add_tags && !remove_tags) return changeTicketAsStaff(tx, actor, number, fields);
  return changeTicketAsStaff(tx, actor, number, { ...fields, tags: newTags(before.tags, change) });
}

function newTags(tags: string[], { add_tags = [], remove_tags = [] }: BulkChange): string[] {
  const removed = tagsOf(remove_tags);
  const all = tagsOf([...tags.filter((tag) => !removed.includes(tag)), ...add_tags]);
  if (all.length > MAX_TAGS) throw conflict('too_many_tags', `A ticket has at most ${MAX_TAGS} tags.`);
  return all;
}

async function noteChange(tx: Tx, bulkId: number, ticket: TicketRow, changed: TicketRow) {
  const { account_id, number } = ticket;
  const { before, after } = differenceOf(fieldsOf(ticket), fieldsOf(changed));
  await sql`
    insert into bulk_tickets (account_id, bulk_id, number, before, after)
    values (${account_id}, ${bulkId}, ${number}, ${JSON.stringify(before)}, ${JSON.stringify(after)})
  `.execute(tx);
}
