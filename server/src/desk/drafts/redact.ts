/** What redacting a comment or a file removes from drafts, and from what is made of them. */
import type { Tx } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';

/** `before` is the text that is removed, `after` what replaces it. */
export interface Replacement {
  before: string;
  after: string;
}

/** A draft is searched only for a text of at least this length: a shorter one is in many drafts by chance. */
const MIN_QUOTED = 8;

/** SQL for whether `body` is or quotes a text. */
export const quotes = (text: string): Sql<boolean> =>
  sql`(body = ${text} or (${text.length >= MIN_QUOTED} and strpos(body, ${text}) > 0))`;

/** SQL for `files` without one of them. */
export const filesWithout = (uuid: string) => sql`(
  select coalesce(jsonb_agg(file order by position), '[]')
  from jsonb_array_elements(files) with ordinality as listed (file, position)
  where file ->> 'uuid' <> ${uuid}
)`;

/** SQL for whether `files` has a file. */
export const hasFile = (uuid: string) => sql`files @> ${JSON.stringify([{ uuid }])}::jsonb`;

/** A statement that replaces a text in the drafts on these tickets. */
export const replaceInDrafts = (accountId: number, numbers: number[], { before, after }: Replacement) => sql`
  update drafts
  set body = replace(body, ${before}, ${after})
  where account_id = ${accountId} and ticket_number = any(${numbers}::bigint[]) and ${quotes(before)}
`;

/** An upload of staff may be in a draft on a ticket of any account. */
export async function dropFileFromDrafts(tx: Tx, uuid: string) {
  await sql`update drafts set files = ${filesWithout(uuid)} where ${hasFile(uuid)}`.execute(tx);
}
