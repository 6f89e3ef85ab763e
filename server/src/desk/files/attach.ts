import type { Actor } from '#actor.ts';
import { invalid } from '#errors.ts';
import { dayAgo } from '#platform/day.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import type { FileRow } from './schema.ts';

interface TicketKey {
  account_id: number;
  ticket_number: number;
}

interface CommentKey extends TicketKey {
  comment_id: number;
}

/**
 * Attaches uploads to a comment, in the order given. An upload works for its own side only (the account, or staff),
 * once and within 24 hours, or as long as a draft or delayed reply names it. Any other gets the same 400 with its
 * index, whatever the reason.
 */
export async function attachFiles(
  tx: Tx,
  actor: Actor,
  comment: CommentKey,
  uuids: string[],
): Promise<FileRow[]> {
  const { account_id, ticket_number, comment_id } = comment;
  // Uploads of staff are stored under account 0 until they are sent. On Citus account_id decides the shard, so the row
  // is inserted again under the ticket's account rather than updated.
  const owner = actor.kind === 'client' ? account_id : 0;
  const { rows } = await sql<FileRow>`
    with wanted as (
      select uuid, min(position)::int as position
      from unnest(${uuids}::uuid[]) with ordinality as wanted (uuid, position)
      group by uuid
    ), taken as (
      delete from files
      using wanted
      where files.account_id = ${owner}
        and files.uuid = wanted.uuid
        and ${isUsable(comment)}
      returning files.*, wanted.position as new_position
    )
    insert into files (
      account_id, uuid, blob, name, size, extension, content_type, sha256, ticket_number, comment_id, position,
      staff_id, token_id, created_at
    )
    select
      ${account_id}, uuid, blob, name, size, extension, content_type, sha256, ${ticket_number}, ${comment_id},
      new_position, staff_id, token_id, created_at
    from taken
    order by new_position
    returning uuid, name, size, extension, content_type, created_at
  `.execute(tx);
  refuseMissing(uuids, new Set(rows.map(({ uuid }) => uuid)));
  return rows;
}

/** Uploads of staff that a draft or delayed reply on this ticket is to name, in the order given. Refused as above. */
export async function findUploads(tx: Tx, ticket: TicketKey, uuids: string[]): Promise<FileRow[]> {
  if (uuids.length === 0) return [];
  const { rows } = await sql<FileRow>`
    select uuid, name, size, extension, content_type, created_at
    from files
    where account_id = 0 and uuid = any(${uuids}::uuid[]) and ${isUsable(ticket)}
    order by array_position(${uuids}::uuid[], uuid)
  `.execute(tx);
  refuseMissing(uuids, new Set(rows.map(({ uuid }) => uuid)));
  return rows;
}

/** Not attached yet, and either recent or named by a draft or delayed reply on this ticket. */
const isUsable = ({ account_id, ticket_number }: TicketKey) => sql`
  files.comment_id is null
  and (
    files.created_at > ${dayAgo}
    or exists (
      select from (
        select account_id, ticket_number, files as named from drafts
        union all
        select account_id, ticket_number, files from delayed_replies
      ) as in_progress
      where in_progress.account_id = ${account_id}
        and in_progress.ticket_number = ${ticket_number}
        and named @> jsonb_build_array(jsonb_build_object('uuid', files.uuid))
    )
  )
`;

function refuseMissing(uuids: string[], taken: Set<string>) {
  const seen = new Set<string>();
  const errors = uuids.flatMap((given, i) => {
    const uuid = given.toLowerCase();
    const isFirst = !seen.has(uuid);
    seen.add(uuid);
    return taken.has(uuid) && isFirst
      ? []
      : [{ pointer: `/files/${i}`, detail: 'is not an unused upload of the last 24 hours' }];
  });
  if (errors.length > 0) {
    throw invalid(
      'unknown_file',
      'Upload each file first; an upload can be used once, within 24 hours.',
      errors,
    );
  }
}
