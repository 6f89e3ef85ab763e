import type { ClientActor, StaffActor } from '#actor.ts';
import { dropFileFromDelayedReplies } from '#desk/delayed-replies/redact.ts';
import { dropFileFromDrafts } from '#desk/drafts/redact.ts';
import { deleteUpload } from '#desk/files/files.ts';
import { rewriteComments } from '#desk/search/texts.ts';
import { removeFile } from '#desk/tickets/comments/redact.ts';
import { refuseToRedact } from '#desk/tickets/comments/rules.ts';
import { lockAccount } from '#desk/tickets/find.ts';
import { touchTickets } from '#desk/tickets/touch.ts';
import { notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { patchSavedResponses } from '#platform/http/saved-responses.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import { findAnywhere } from './comments.ts';
import { type CommentCopy, listFamilies, ticketsOf } from './copies.ts';
import { rewriteSavedResponses } from './forget-text.ts';
import { findNotice } from './notice.ts';
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
  if (file.comment_id === null) return redactUpload(tx, actor, file);
  const comment = await findAnywhere(tx, actor, file.comment_id);
  refuseToRedact(actor, comment, comment.sent_at);
  const family = await listFamilies(tx, account_id, [comment.id]);
  const notice = await findNotice(
    tx,
    actor,
    account_id,
    await findAlias(tx, account_id, comment.ticket_number),
  );
  const { redacted_at, redacted_by } = notice;
  await touchTickets(tx, account_id, ticketsOf(family), { isInternal: comment.is_internal });
  await removeFile(tx, { accountId: account_id, ids: family.map(({ id }) => id), blob: file.blob }, notice);
  await forgetFile(tx, account_id, family, uuid);
  for (const { id: comment_id, ticket_number: number } of family) {
    const type = comment.is_internal ? 'note.redacted' : 'file.redacted';
    await record(tx, actor, type, { account_id, number, comment_id });
  }
  const after = await findAnywhere(tx, actor, comment.id);
  return { redaction: { redacted_at, redacted_by, comment: after }, blobs: [file.blob] };
}

async function redactUpload(
  tx: Tx,
  actor: ClientActor | StaffActor,
  file: RedactableFile,
): Promise<RedactedFile> {
  const { account_id, uuid, staff_id, created_at, blob } = file;
  refuseToRedact(actor, { is_client_author: account_id !== 0, staff_id, user_id: null }, created_at);
  await deleteUpload(tx, account_id, uuid);
  await forgetFile(tx, account_id, [], uuid);
  const { rows } = await sql<{ now: string }>`select now()::timestamptz(3) as now`.execute(tx);
  const redaction = { redacted_at: rows[0]?.now ?? '', redacted_by: null, comment: null };
  return { redaction, blobs: [blob] };
}

/** Its name is also in responses saved for retries, in delayed replies and drafts, and perhaps in the search index. */
async function forgetFile(tx: Tx, accountId: number, family: CommentCopy[], uuid: string) {
  await dropFileFromDrafts(tx, uuid);
  await dropFileFromDelayedReplies(tx, uuid);
  const patch = JSON.stringify({ name: '', size: 0, extension: '' });
  await patchSavedResponses(tx, accountId, sql`select ${`{"uuid":"${uuid}"`}::text, ${patch}::jsonb`);
  await rewriteSavedResponses(tx, accountId, family);
  await rewriteComments(
    tx,
    accountId,
    family.map(({ id }) => id),
  );
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
