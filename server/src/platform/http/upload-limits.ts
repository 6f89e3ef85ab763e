/**
 * Uploads are counted before their bytes come: nobody writes 20 MB to find out that it was too much. What is refused or
 * replayed is given back, so a client that retries loses nothing; how many may begin is limited apart, whatever comes of
 * them.
 */
import type { ClientActor, StaffActor } from '#actor.ts';
import { tooMany, unavailable } from '#errors.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { type Limits, ownerOf, refund, takeFromLimit } from './limits.ts';

/** Of one account or member: two comments with all their files. */
const AT_ONCE = 20;
/** Of one process: 4 GB of temporary files with the largest. */
const AT_ONCE_IN_ALL = 200;
const BEGUN_FOR_EACH = 3;

interface UploadTurn {
  /** Of an upload that is carried out. */
  headers: Record<string, string>;
  /** For one that was refused, or carried out before. */
  refund(tx: Tx): Promise<void>;
  /** Lets others begin; once, however often it is called. */
  end(): void;
}

export interface UploadLimits {
  /** Throws a 429, or a 503 when this process receives too many. */
  begin(actor: ClientActor | StaffActor): Promise<UploadTurn>;
}

export function createUploadLimits(database: Database, limits: Limits): UploadLimits {
  const inProgress = new Map<string, number>();
  let inAll = 0;

  function enter(name: string) {
    const own = inProgress.get(name) ?? 0;
    if (own >= AT_ONCE) throw tooMany(`At most ${AT_ONCE} uploads at once. Retry when one has ended.`, 1, {});
    if (inAll >= AT_ONCE_IN_ALL) throw unavailable('busy', 'Too many uploads at present. Try again shortly.');
    inProgress.set(name, own + 1);
    inAll++;
  }

  function leave(name: string) {
    const own = inProgress.get(name) ?? 0;
    if (own > 1) inProgress.set(name, own - 1);
    else inProgress.delete(name);
    inAll--;
  }

  return {
    async begin(actor) {
      const owner = ownerOf(actor);
      const name = `${owner.key} ${owner.id}`;
      const max = actor.kind === 'client' ? limits.uploads : limits.staff_uploads;
      enter(name);
      try {
        const limit = await database.transact(async (tx) => {
          const taken = await takeFromLimit(tx, owner, 'uploads', max);
          await takeFromLimit(tx, owner, 'begun_uploads', max * BEGUN_FOR_EACH);
          return taken;
        });
        return {
          headers: limit.headers,
          refund: (tx) => refund(tx, owner, 'uploads', limit),
          end: once(() => leave(name)),
        };
      } catch (error) {
        leave(name);
        throw error;
      }
    },
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
