/** Whether a caller still has the rights it started with. Used by open streams. */
import { isDeepStrictEqual } from 'node:util';
import type { Actor, ClientActor, StaffActor } from '#actor.ts';
import { listSessionClients } from '#people/sso/bearer.ts';
import { listSessionActors } from '#people/staff/sessions/sessions.ts';
import { listBearers } from '#people/tokens/bearer.ts';
import { batched } from '#platform/db/batch.ts';
import type { Db } from '#platform/db/database.ts';
import { isAllowedFrom } from '#platform/ip-addresses.ts';

export interface Known {
  actor: ClientActor | StaffActor;
  /** The IP address of the request. */
  address: string;
}

/**
 * For each, whether its token or session is still live and gives the same role, scopes and account, from the same
 * address. An added right counts as a change.
 */
export async function compareRights(db: Db, known: Known[]): Promise<boolean[]> {
  const actors = known.map(({ actor }) => actor);
  const [bearers, members, clients] = await Promise.all([
    listBearers(
      db,
      actors.flatMap(({ tokenId }) => tokenId ?? []),
    ),
    listSessionActors(
      db,
      actors.flatMap((actor) => (actor.kind === 'staff' ? (actor.sessionId ?? []) : [])),
    ),
    listSessionClients(
      db,
      actors.flatMap((actor) => {
        if (actor.kind !== 'client' || actor.sessionId === undefined) return [];
        return { accountId: actor.accountId, sessionId: actor.sessionId };
      }),
    ),
  ]);
  return known.map(({ actor, address }) => {
    const bearer = bearers.get(actor.tokenId ?? 0);
    if (bearer && !isAllowedFrom(address, bearer.allowed_addresses)) return false;
    const session = actor.sessionId ?? 0;
    const now = bearer?.actor ?? (actor.kind === 'staff' ? members : clients).get(session);
    return now !== undefined && isDeepStrictEqual(rightsOf(now), rightsOf(actor));
  });
}

/** The same for one, in a statement shared with others of the same event-loop turn. */
export const hasSameRights = batched(compareRights);

/** The actor without fields that may change and are no rights. */
function rightsOf(actor: Actor) {
  const bare = { ...actor, name: '', accountName: '', userName: '', marksRead: true };
  const scopes = actor.kind === 'system' ? [] : [...(actor.scopes ?? ['all'])].sort();
  return { ...bare, scopes };
}
