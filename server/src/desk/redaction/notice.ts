/** The notice that replaces a redacted text. */
import type { ClientActor, StaffActor } from '#actor.ts';
import { authorName } from '#desk/tickets/author-name.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import type { Locale } from '#platform/locales.ts';
import { sql } from '#platform/sql.ts';

export interface Notice {
  redacted_at: string;
  redacted_by: string;
  /** The new body of the comment, in the account's language. */
  text: string;
}

const texts: Record<Locale, (by: string, at: string) => string> = {
  en: (by, at) => `[Removed by ${by} on ${at} UTC]`,
  ru: (by, at) => `[Удалено: ${by}, ${at} UTC]`,
};

/** For comments that are removed when a person is erased. */
export async function findErasureNotice(tx: Tx, accountId: number): Promise<Notice> {
  const { redacted_at, locale, minute } = await findMoment(tx, accountId);
  const text = { en: `[Removed on request on ${minute} UTC]`, ru: `[Удалено по запросу ${minute} UTC]` };
  return { redacted_at, redacted_by: 'Paneldesk', text: text[locale] };
}

/** `aliasedName` is the ticket's alias: the notice names a client as their comments do. */
export async function findNotice(
  tx: Tx,
  actor: ClientActor | StaffActor,
  accountId: number,
  aliasedName: string | null,
): Promise<Notice> {
  const { redacted_at, locale, minute } = await findMoment(tx, accountId);
  const redacted_by = authorName(actor, aliasedName) ?? '';
  return { redacted_at, redacted_by, text: texts[locale](redacted_by, minute) };
}

async function findMoment(tx: Tx, accountId: number) {
  const result = await sql<{ redacted_at: string; locale: Locale }>`
    select now()::timestamptz(3) as redacted_at, locale from accounts where account_id = ${accountId}
  `.execute(tx);
  const { redacted_at, locale } = oneRow(result);
  return { redacted_at, locale, minute: redacted_at.slice(0, 16).replace('T', ' ') };
}
