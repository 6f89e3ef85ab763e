/** What stands where a text was. */
import { sql } from 'kysely';
import type { ClientActor, StaffActor } from '../actor.ts';
import type { Tx } from '../db/database.ts';
import { onlyRow } from '../db/only-row.ts';
import type { Locale } from '../db/schema.ts';
import { authorName } from '../tickets/open.ts';

export interface Notice {
  redacted_at: string;
  redacted_by: string;
  /** The body of the comment from now on, in the account's language. */
  text: string;
}

const texts: Record<Locale, (by: string, at: string) => string> = {
  en: (by, at) => `[Removed by ${by} on ${at} UTC]`,
  ru: (by, at) => `[Удалено: ${by}, ${at} UTC]`,
};

/** `aliasedName` is the ticket's: a client is called as in the comments that they write. */
export async function findNotice(
  tx: Tx,
  actor: ClientActor | StaffActor,
  accountId: number,
  aliasedName: string | null,
): Promise<Notice> {
  const result = await sql<{ now: string; locale: Locale }>`
    select now()::timestamptz(3) as now, locale from accounts where account_id = ${accountId}
  `.execute(tx);
  const { now: redacted_at, locale } = onlyRow(result);
  const redacted_by = authorName(actor, aliasedName) ?? '';
  const minute = redacted_at.slice(0, 16).replace('T', ' ');
  return { redacted_at, redacted_by, text: texts[locale](redacted_by, minute) };
}
