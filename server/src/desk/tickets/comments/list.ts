import type { Actor, ClientActor } from '#actor.ts';
import { notFound } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import { genericArray } from '#platform/db/generic-array.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import { withCommentCan } from './rules.ts';
import type { CommentRow, ShownComment } from './schema.ts';

/** The columns of a CommentRow, for a query over `comments`. */
export const commentColumns = sql.raw(`
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
`);

/** The approximate bytes of a comment in a response, without JSON escapes: its texts, and a maximum for the rest. */
export const commentSize = sql.raw(`(
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
)`);

export async function findComment(db: Db, actor: ClientActor, id: number): Promise<ShownComment> {
  const [comment] = await listCommentsByKey(db, actor, [{ account_id: actor.accountId, id }]);
  if (!comment) throw notFound('comment');
  return comment;
}

/** Those of the given comments that the actor can see, unordered. A null id matches none. */
export async function listCommentsByKey(
  db: Db,
  actor: Actor,
  keys: Array<{ account_id: number; id: number | null }>,
): Promise<ShownComment[]> {
  const [accounts, ids] = [keys.map((key) => key.account_id), keys.map((key) => key.id)];
  const { rows } = await sql<CommentRow>`
    select ${commentColumns}
    from (
      select distinct *
      from unnest(${genericArray(accounts, 'bigint')}, ${genericArray(ids, 'bigint')})
    ) as wanted (account_id, id)
    join comments using (account_id, id)
    where ${visibleTo.comments(actor)}
  `.execute(db);
  return rows.map((comment) => withCommentCan(actor, comment));
}
