import type { Actor } from '#actor.ts';

/**
 * The name shown with a comment: for staff the person, for a client whoever speaks for the account, as the client
 * says.
 */
export function authorName(actor: Actor, aliasedName: string | null | undefined): string | null {
  if (actor.kind === 'staff') return actor.name;
  return actor.kind === 'client' ? (aliasedName ?? actor.userName ?? actor.accountName) : null;
}
