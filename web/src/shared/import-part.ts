/** Parts of a face that are files of their own, and come when they are wanted. */
import { hasNewBuild } from './new-build.ts';

const AGAIN_MS = 3000;

/** Without a connection the part comes when there is one again. It fails only when a newer build has removed its file. */
export async function importPart<Part>(find: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await find();
    } catch (error) {
      if (hasNewBuild()) throw error;
      await connectionOrTime();
    }
  }
}

const connectionOrTime = () =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(done, AGAIN_MS);
    window.addEventListener('online', done);
    function done() {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    }
  });
