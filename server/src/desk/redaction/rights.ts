/** Who may redact: an admin everything, the author within 15 minutes. */
import { sql } from 'kysely';
import { type ClientActor, isAdmin, type StaffActor } from '#actor.ts';
import { conflict } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';

const AUTHOR_MINUTES = 15;

interface Authorship {
  is_client_author: boolean;
  staff_id: number | null;
  user_id: string | null;
  /** When the comment, or the unattached upload, was created. */
  written_at: string;
}

/** Throws a 409 when the actor may not redact this, or no longer. */
export async function refuseToRedact(tx: Tx, actor: ClientActor | StaffActor, of: Authorship) {
  if (isAdmin(actor)) return;
  if (!isAuthor(actor, of)) {
    throw conflict('not_the_author', 'Only the author and admins can redact this.');
  }
  const { rows } = await sql`
    select where ${of.written_at}::timestamptz <= now() - ${`${AUTHOR_MINUTES} minutes`}::interval
  `.execute(tx);
  if (rows.length === 0) return;
  throw conflict(
    'too_late_to_redact',
    `The author can redact this for ${AUTHOR_MINUTES} minutes only. Ask an admin of support to remove it.`,
  );
}

/**
 * Contacts are distinguished from each other. A token acts for the whole account, so anybody there may redact what it
 * wrote.
 */
function isAuthor(actor: ClientActor | StaffActor, { is_client_author, staff_id, user_id }: Authorship) {
  if (actor.kind === 'staff') return staff_id === actor.staffId;
  return is_client_author && (user_id === null || actor.userId === undefined || user_id === actor.userId);
}
