import { sql } from 'kysely';
import type { ClientActor, StaffActor } from '#actor.ts';
import { dropFileFromDelayedReplies } from '#desk/delayed-replies/redact.ts';
import { dropFileFromDrafts } from '#desk/drafts/redact.ts';
import { lockAccount } from '#desk/tickets/find.ts';
import { notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { patchSavedResponses } from '#platform/http/saved-responses.ts';
import { visibleTo } from '#visible.ts';
import { findAuthored } from './comments.ts';
import { type CommentCopy, findFamily, ticketsOf, touchTickets } from './copies.ts';
import { reindex, rewriteSavedResponses } from './forget-text.ts';
import { findNotice } from './notice.ts';
import { refuseToRedact } from './rights.ts';
import type { Redaction } from './schema.ts';

interface RedactableFile {
  account_id: number;
  uuid: string;
  blob: string;
  comment_id: number | null;
  staff_id: number | null;
  created_at: string;
}

interface RedactedFile {
  redaction: Redaction;
  blobs: string[];
}

/** Permanently removes a file from its comment and the copies, or an unattached upload. */
export async function redactFile(
  tx: Tx,
  actor: ClientActor | StaffActor,
  uuid: string,
): Promise<RedactedFile> {
  const { account_id } = await findForRedaction(tx, actor, uuid);
  await lockAccount(tx, account_id);
  const file = await findForRedaction(tx, actor, uuid); // read again under the lock
  if (file.comment_id === null) return deleteUpload(tx, actor, file);
  const comment = await findAuthored(tx, actor, file.comment_id);
  await refuseToRedact(tx, actor, { ...comment, written_at: comment.sent_at });
  const family = await findFamily(tx, account_id, comment.id);
  const notice = await findNotice(
    tx,
    actor,
    account_id,
    await findAlias(tx, account_id, comment.ticket_number),
  );
  const { redacted_at, redacted_by } = notice;
  await touchTickets(tx, account_id, ticketsOf(family), { isInternal: comment.is_internal });
  await removeFile(tx, account_id, family, file.blob, { redacted_at, redacted_by });
  await forgetFile(tx, account_id, family, uuid);
  for (const { id: comment_id, ticket_number: number } of family) {
    const type = comment.is_internal ? 'note.redacted' : 'file.redacted';
    await record(tx, actor, type, { account_id, number, comment_id });
  }
  const after = await findAuthored(tx, actor, comment.id);
  return { redaction: { redacted_at, redacted_by, comment: after }, blobs: [file.blob] };
}

async function deleteUpload(
  tx: Tx,
  actor: ClientActor | StaffActor,
  file: RedactableFile,
): Promise<RedactedFile> {
  const { account_id, uuid, staff_id, created_at, blob } = file;
  const is_client_author = account_id !== 0;
  await refuseToRedact(tx, actor, { is_client_author, staff_id, user_id: null, written_at: created_at });
  await sql`delete from files where account_id = ${account_id} and uuid = ${uuid}`.execute(tx);
  await forgetFile(tx, account_id, [], uuid);
  const { rows } = await sql<{ now: string }>`select now()::timestamptz(3) as now`.execute(tx);
  const redaction = { redacted_at: rows[0]?.now ?? '', redacted_by: null, comment: null };
  return { redaction, blobs: [blob] };
}

/** Copies of a comment have their own file rows with the same bytes. */
async function removeFile(
  tx: Tx,
  accountId: number,
  family: CommentCopy[],
  blob: string,
  mark: { redacted_at: string; redacted_by: string },
) {
  const ids = family.map(({ id }) => id);
  await sql`
    with gone as (
      delete from files
      where account_id = ${accountId} and comment_id = any(${ids}::bigint[]) and blob = ${blob}
      returning comment_id, uuid
    )
    update comments
    set files = (
          select coalesce(jsonb_agg(file order by place), '[]')
          from jsonb_array_elements(comments.files) with ordinality as listed (file, place)
          where file ->> 'uuid' <> gone.uuid::text
        ),
        redacted_files = redacted_files || ${JSON.stringify([mark])}::jsonb
    from gone
    where comments.account_id = ${accountId} and comments.id = gone.comment_id
  `.execute(tx);
}

/** Its name is also in responses saved for retries, in delayed replies and drafts, and perhaps in the search index. */
async function forgetFile(tx: Tx, accountId: number, family: CommentCopy[], uuid: string) {
  await dropFileFromDrafts(tx, uuid);
  await dropFileFromDelayedReplies(tx, uuid);
  const patch = JSON.stringify({ name: '', size: 0, extension: '' });
  await patchSavedResponses(tx, accountId, sql`select ${`{"uuid":"${uuid}"`}::text, ${patch}::jsonb`);
  await rewriteSavedResponses(tx, accountId, family);
  await reindex(tx, accountId, ticketsOf(family));
}

async function findForRedaction(
  db: Db,
  actor: ClientActor | StaffActor,
  uuid: string,
): Promise<RedactableFile> {
  const { rows } = await sql<RedactableFile>`
    select files.account_id, files.uuid, files.blob, files.comment_id, files.staff_id, files.created_at
    from files
    left join comments on comments.account_id = files.account_id and comments.id = files.comment_id
    where files.uuid = ${uuid} and ${visibleTo.files(actor)}
  `.execute(db);
  const [file] = rows;
  if (!file) throw notFound('file');
  return file;
}

async function findAlias(db: Db, accountId: number, number: number): Promise<string | null> {
  const { rows } = await sql<{ client_aliased_name: string | null }>`
    select client_aliased_name from tickets where account_id = ${accountId} and number = ${number}
  `.execute(db);
  return rows[0]?.client_aliased_name ?? null;
}
