import type { Actor } from '#actor.ts';

/** The name that a comment is signed with: of support the person, of a client whoever speaks for the account, as the client says. */
export function authorName(actor: Actor, aliasedName: string | null | undefined): string | null {
  if (actor.kind === 'staff') return actor.name;
  return actor.kind === 'client' ? (aliasedName ?? actor.userName ?? actor.accountName) : null;
}
