/** Keeps support's search up to date while the server runs. */
import type { Database } from '../db/database.ts';
import type { Follower } from '../events/follower.ts';
import { indexForStaff } from './staff-words.ts';

const LOOK_EVERY_MS = 5000;

export function startStaffIndex(database: Database, follower: Follower, onError: (error: unknown) => void) {
  let stopping = false;
  let again = false;
  let running: Promise<void> | undefined;

  async function run() {
    do {
      again = false;
      while (!stopping && (await indexForStaff(database))) {
        // there is more
      }
    } while (again && !stopping);
  }

  const wake = () => {
    again = true;
    if (stopping) return;
    running ??= run()
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (again) wake();
      });
  };
  follower.onNews(wake);
  const look = setInterval(wake, LOOK_EVERY_MS); // what another process left when it died
  look.unref();
  wake();
  return {
    stop: async () => {
      stopping = true;
      clearInterval(look);
      await running;
    },
  };
}
