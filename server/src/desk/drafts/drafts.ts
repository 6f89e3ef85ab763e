/**
 * Drafts of staff: one per member and ticket, visible to all staff. A draft is removed when it is sent or discarded;
 * nothing else that happens to the ticket changes it.
 */
import type { StaffActor } from '#actor.ts';
import { findUploads } from '#desk/files/attach.ts';
import type { FileRow } from '#desk/files/schema.ts';
import { lockTicket } from '#desk/tickets/find.ts';
import { notFound } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonTime } from '#platform/db/json-time.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import type { Draft, NewDraft } from './schema.ts';

/** The maximum number of drafts shown with a ticket. */
const MAX_SHOWN = 20;

/** SQL for the JSON of a ticket's drafts, the oldest first: the reader's own and the most recently edited ones. */
export const draftsOn = (
  actor: StaffActor,
  { account_id, number }: { account_id: number; number: number },
) => sql`
  select coalesce(jsonb_agg(${draft} order by drafts.created_at, staff_id), '[]')
  from (
    select *
    from drafts
    where account_id = ${account_id} and ticket_number = ${number} and ${visibleTo.inProgress(actor)}
    order by staff_id = ${actor.staffId} desc, updated_at desc
    limit ${MAX_SHOWN}
  ) as drafts
  join staff using (staff_id)
`;

/** Saves the actor's draft. Records an event only when it is started, not at every edit. */
export async function saveDraft(tx: Tx, actor: StaffActor, number: number, input: NewDraft): Promise<Draft> {
  const { account_id } = await lockTicket(tx, actor, number);
  const { body, internal = false, files = [] } = input;
  const uploads = await findUploads(tx, { account_id, ticket_number: number }, files);
  const result = await sql<{ is_new: boolean }>`
    insert into drafts (
      account_id, ticket_number, staff_id, body, is_internal, files, created_at, updated_at
    )
    values (
      ${account_id}, ${number}, ${actor.staffId}, ${body}, ${internal}, ${JSON.stringify(uploads)},
      clock_timestamp(), clock_timestamp()
    )
    on conflict (account_id, ticket_number, staff_id) do update
    set body = excluded.body, is_internal = excluded.is_internal, files = excluded.files,
        updated_at = excluded.updated_at
    returning xmax = 0 as is_new
  `.execute(tx);
  if (oneRow(result).is_new) await record(tx, actor, 'draft.started', { account_id, number });
  return findDraft(tx, ownOf(actor, account_id, number));
}

/** Returns the discarded draft. */
export async function discardDraft(tx: Tx, actor: StaffActor, number: number): Promise<Draft> {
  const { account_id } = await lockTicket(tx, actor, number);
  const own = ownOf(actor, account_id, number);
  const found = await findDraft(tx, own);
  await sql`delete from drafts where ${own}`.execute(tx);
  await record(tx, actor, 'draft.discarded', { account_id, number });
  return found;
}

interface Sent {
  account_id: number;
  ticket_number: number;
  is_internal: boolean;
}

/**
 * Removes the draft of what the actor has just sent. A draft of the other kind (note or reply) stays; with `before`,
 * so does one that was edited later.
 */
export async function removeSentDraft(tx: Tx, actor: StaffActor, sent: Sent, before?: string) {
  const { account_id, ticket_number, is_internal } = sent;
  await sql`
    delete from drafts
    where ${ownOf(actor, account_id, ticket_number)}
      and is_internal = ${is_internal}
      and (${before ?? null}::timestamptz is null or updated_at <= ${before ?? null}::timestamptz)
  `.execute(tx);
}

interface Unsent extends Sent {
  staff_id: number;
  body: string;
  files: FileRow[];
  created_at: string;
}

/** Turns a reply that is not sent into a draft. Replaces the draft it was made of, and is put before a later draft. */
export async function returnToDraft(tx: Tx, unsent: Unsent) {
  const { account_id, ticket_number, staff_id, body, is_internal, files, created_at } = unsent;
  const isLater = sql`drafts.updated_at > ${created_at}::timestamptz and drafts.body <> excluded.body`;
  await sql`
    insert into drafts (account_id, ticket_number, staff_id, body, is_internal, files, created_at, updated_at)
    values (
      ${account_id}, ${ticket_number}, ${staff_id}, ${body}, ${is_internal}, ${JSON.stringify(files)},
      clock_timestamp(), clock_timestamp()
    )
    on conflict (account_id, ticket_number, staff_id) do update
    set body = case when ${isLater} then excluded.body || E'\\n\\n' || drafts.body else excluded.body end,
        is_internal = excluded.is_internal or (${isLater} and drafts.is_internal),
        files = case when ${isLater} then excluded.files || ${otherFiles} else excluded.files end,
        updated_at = excluded.updated_at
  `.execute(tx);
}

const otherFiles = sql`(
  select coalesce(jsonb_agg(file), '[]')
  from jsonb_array_elements(drafts.files) as file
  where not excluded.files @> jsonb_build_array(file)
)`;

const draft = sql`
  jsonb_build_object(
    'staff_id', staff_id, 'staff_name', staff.name, 'body', body, 'is_internal', is_internal, 'files', files,
    'created_at', ${jsonTime('drafts.created_at')}, 'updated_at', ${jsonTime('drafts.updated_at')}
  )
`;

const ownOf = ({ staffId }: StaffActor, accountId: number, number: number) =>
  sql`drafts.account_id = ${accountId} and drafts.ticket_number = ${number} and drafts.staff_id = ${staffId}`;

async function findDraft(tx: Tx, condition: Sql): Promise<Draft> {
  const { rows } = await sql<{ draft: Draft }>`
    select ${draft} as draft
    from drafts
    join staff using (staff_id)
    where ${condition}
  `.execute(tx);
  if (!rows[0]) throw notFound('draft');
  return rows[0].draft;
}
