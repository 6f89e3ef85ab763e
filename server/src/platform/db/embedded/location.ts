/** Where an embedded database is stored, which user runs it, and how to connect to it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newSecret } from '#platform/secrets.ts';

/** The operating system user who runs PostgreSQL, which refuses to run as root. */
interface OsUser {
  uid: number;
  gid: number;
}

export interface DatabaseLocation {
  /** Contains the cluster, its log and its lock: the data folder itself, or a folder below /var/lib. */
  folder: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  socketDir: string;
  password: string;
  url: string;
  /** Undefined when PostgreSQL runs as the current user. */
  user: OsUser | undefined;
}

export const SYSTEM_FOLDER = '/var/lib/paneldesk';

/** The location of this data folder's database. Creates the folder when there is none. */
export function findLocation(dataDir: string, osUserName: string): DatabaseLocation {
  const user = process.getuid?.() === 0 ? findOsUser(osUserName) : undefined;
  mkdirSync(dataDir, { recursive: true, mode: user ? 0o711 : 0o700 });
  const folder = findFolder(realpathSync(dataDir), user);
  const password = savedPassword(dataDir);
  const socketDir = findSocketDir(folder, user);
  const url = `postgresql://paneldesk:${password}@/paneldesk?host=${encodeURIComponent(socketDir)}`;
  return { folder, cluster: join(folder, 'postgres'), socketDir, password, url, user };
}

/** Whether this data folder has a database, inside it or below /var/lib. */
export function hasCluster(dataDir: string): boolean {
  const note = locationFile(dataDir);
  const folder = existsSync(note) ? readFileSync(note, 'utf8').trim() : dataDir;
  return existsSync(join(folder, 'postgres'));
}

/** Whether this user can traverse to the folder and open it. */
export function canReach(path: string, { uid, gid }: OsUser): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = statSync(folder);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if (!(mode & bit)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function findOsUser(name: string): OsUser {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    throw new Error(
      `PostgreSQL cannot run as root, and there is no user "${name}" to run it. Set PANELDESK_OS_USER to a user.`,
    );
  }
}

/**
 * The data folder, or a folder below /var/lib when the user who runs PostgreSQL cannot reach the data folder. The
 * first choice is recorded and kept: a data folder that is moved, or opened to that user later, must not come up with
 * an empty database.
 */
function findFolder(dataDir: string, user: OsUser | undefined): string {
  const note = locationFile(dataDir);
  const recorded = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
  const systemFolder = join(SYSTEM_FOLDER, shortHash(dataDir));
  if (recorded !== undefined && recorded !== systemFolder) {
    throw new Error(
      `This data folder was moved or copied. Its database is in ${recorded}. Move that folder to ${systemFolder} to use it, ` +
        `or delete ${note} to begin with an empty database.`,
    );
  }
  if (recorded === undefined && (!user || canReach(dataDir, user))) return dataDir;
  if (existsSync(join(dataDir, 'postgres'))) {
    throw new Error(
      `The database in ${dataDir} cannot be reached by the user who runs it. Let others enter the folders above it ` +
        '(chmod o+x), or set PANELDESK_OS_USER to another user.',
    );
  }
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
  writeFileSync(note, `${systemFolder}\n`);
  return systemFolder;
}

/**
 * Written to a temporary file and linked when complete: of two processes that start at once, neither reads half a
 * password.
 */
function savedPassword(dataDir: string): string {
  const file = join(dataDir, 'database-password');
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, newSecret(), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, 'utf8');
}

/**
 * A folder beside the cluster when its path fits into a socket address (108 bytes), otherwise one in the system's tmp.
 */
function findSocketDir(folder: string, user: OsUser | undefined): string {
  const near = join(folder, 'socket');
  const socketDir = Buffer.byteLength(near) <= 85 ? near : join(tmpdir(), `paneldesk-${shortHash(folder)}`);
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  if (user) chownSync(socketDir, user.uid, user.gid);
  chmodSync(socketDir, 0o700);
  return socketDir;
}

/** Records where the database is when it is not in the data folder itself. */
const locationFile = (dataDir: string) => join(dataDir, 'database-location');

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
