/** Checks a bulk request as a whole. Each ticket may still refuse it. */
import type { StaffActor } from '#actor.ts';
import { findCannedResponse } from '#desk/canned-responses/canned-responses.ts';
import { lockAssignee } from '#desk/tickets/change.ts';
import { findTicket } from '#desk/tickets/find.ts';
import { unknownTopic } from '#desk/tickets/open.ts';
import { checkSnooze } from '#desk/tickets/snooze.ts';
import { type FieldError, invalid } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import type { Bulk, BulkChange, BulkReply } from './schema.ts';

/** Refuses contradictory fields, and a topic, member, canned response or target that does not exist. */
export async function checkBulk(tx: Tx, actor: StaffActor, input: Bulk) {
  refuseMixed(input);
  const { change, reply, into, snooze } = input;
  if (snooze) checkSnooze(snooze, '/snooze');
  if (reply?.canned_response_id) await findCannedResponse(tx, actor, reply.canned_response_id);
  if (into) await findTicket(tx, actor, into);
  if (change) await checkChange(tx, change);
}

function refuseMixed({ change, reply, action, reason, into, snooze }: Bulk) {
  if (change === undefined && reply === undefined && action === undefined) {
    throw refusal('Send a change, a reply or an action.', '/action', 'is required without change and reply');
  }
  refuseWithout(action, 'close', { reason });
  refuseWithout(action, 'merge', { into });
  refuseWithout(action, 'snooze', { snooze });
  if (action === 'merge' && into === undefined) {
    throw refusal('Send the target of the merge in `into`.', '/into', 'is required for the action "merge"');
  }
  if (action === 'snooze' && snooze === undefined) {
    throw refusal(
      'Send the end of the snooze in `snooze`.',
      '/snooze',
      'is required for the action "snooze"',
    );
  }
  if (action === 'merge' && (change || reply)) {
    throw refusal(
      'The action "merge" cannot be combined with a change or a reply.',
      '/action',
      'stands alone',
    );
  }
  if (reply) refuseReply(reply, action);
}

/** Refuses fields that belong to another action. */
function refuseWithout(action: Bulk['action'], owner: Bulk['action'], fields: Record<string, unknown>) {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || action === owner) continue;
    throw refusal(
      `The field is only for the action "${owner}".`,
      `/${name}`,
      `is only for the action "${owner}"`,
    );
  }
}

function refuseReply({ body, canned_response_id, delay_seconds }: BulkReply, action: Bulk['action']) {
  if ((body === undefined) === (canned_response_id === undefined)) {
    throw refusal(
      'Send the reply either as `body` or as `canned_response_id`.',
      '/reply/body',
      'or canned_response_id, not both',
    );
  }
  if (action !== undefined && delay_seconds > 0) {
    throw refusal(
      'An action comes after the reply, so it needs `delay_seconds` 0. For a new state, you can also use `status_key` of the reply.',
      '/reply/delay_seconds',
      'must be 0 together with an action',
    );
  }
}

/** The assignee and the topic of a change must exist, independent of the tickets. */
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
