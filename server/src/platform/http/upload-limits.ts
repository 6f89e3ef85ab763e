/**
 * Counts uploads before their bytes arrive, so that nobody sends 20 MB to learn that it was too much. Refused and
 * replayed uploads are refunded, so a client that retries loses nothing. The number of uploads started is limited
 * separately, whatever their outcome.
 */
import type { ClientActor, StaffActor } from '#actor.ts';
import { tooMany, unavailable } from '#errors.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { type Limits, ownerOf, refund, takeFromLimit } from './limits.ts';

/** Per account or staff member: two comments with all their files. */
const MAX_IN_PROGRESS = 20;
/** Per process: 4 GB of temporary files if all have the maximum size. */
const MAX_IN_PROGRESS_OF_PROCESS = 200;
const STARTS_PER_UPLOAD = 3;

interface UploadSlot {
  /** RateLimit headers for an upload that succeeds. */
  headers: Record<string, string>;
  /** For an upload that was refused or replayed. */
  refund(tx: Tx): Promise<void>;
  /** Lets another upload start. Further calls do nothing. */
  end(): void;
}

export interface UploadLimits {
  /** Throws a 429, or a 503 when this process receives too many. */
  begin(actor: ClientActor | StaffActor): Promise<UploadSlot>;
}

export function createUploadLimits(database: Database, limits: Limits): UploadLimits {
  const inProgress = new Map<string, number>();
  let total = 0;

  function enter(name: string) {
    const own = inProgress.get(name) ?? 0;
    if (own >= MAX_IN_PROGRESS)
      throw tooMany(
        `At most ${MAX_IN_PROGRESS} uploads may be in progress. Retry when one has ended.`,
        1,
        {},
      );
    if (total >= MAX_IN_PROGRESS_OF_PROCESS)
      throw unavailable('busy', 'Too many uploads are in progress. Try again shortly.');
    inProgress.set(name, own + 1);
    total++;
  }

  function leave(name: string) {
    const own = inProgress.get(name) ?? 0;
    if (own > 1) inProgress.set(name, own - 1);
    else inProgress.delete(name);
    total--;
  }

  return {
    async begin(actor) {
      const owner = ownerOf(actor);
      const name = `${owner.account_id} ${owner.staff_id}`;
      const max = actor.kind === 'client' ? limits.uploads : limits.staff_uploads;
      enter(name);
      try {
        const uploads = { owner, kind: 'uploads' as const, max };
        const taken = await database.transact(async (tx) => {
          const taken = await takeFromLimit(tx, uploads);
          await takeFromLimit(tx, { owner, kind: 'begun_uploads', max: max * STARTS_PER_UPLOAD });
          return taken;
        });
        return {
          headers: taken.headers,
          refund: (tx) => refund(tx, uploads, taken),
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
