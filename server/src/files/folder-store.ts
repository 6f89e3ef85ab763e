import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './store.ts';

/** Files under `root`, spread over 256 folders. A file is written whole, then named: there is never half of one. */
export async function openFolderStore(root: string): Promise<FileStore> {
  const temporaryDir = join(root, 'incoming');
  await mkdir(temporaryDir, { recursive: true, mode: 0o700 });
  const pathOf = (blob: string) => join(root, blob.slice(0, 2), blob);

  return {
    temporaryDir,

    async put(blob, path) {
      const target = pathOf(blob);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await sync(path);
      await rename(path, target);
      await sync(dirname(target));
    },

    read: async (blob, { start, end }) => createReadStream(pathOf(blob), { start, end }),

    remove: (blob) => rm(pathOf(blob), { force: true }),

    async *list(before) {
      for (const folder of await readdir(root)) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue;
        for (const blob of await readdir(join(root, folder))) {
          const { mtime } = await stat(join(root, folder, blob));
          if (mtime < before) yield blob;
        }
      }
    },
  };
}

async function sync(path: string) {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
