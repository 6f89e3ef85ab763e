/** Where an embedded database lies, who runs it, and how it is reached. */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
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

/** Who PostgreSQL runs as. It refuses to run as root. */
interface OsUser {
  uid: number;
  gid: number;
}

export interface Place {
  /** What holds the cluster, its log and its lock: the data folder, or one of the system's. */
  folder: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  socketDir: string;
  password: string;
  url: string;
  /** Undefined when PostgreSQL runs as whoever we are. */
  user: OsUser | undefined;
}

export const SYSTEM_FOLDER = '/var/lib/paneldesk';

/** The place of the database of this data folder, which is made when there is none. */
export function findLocation(dataDir: string, osUserName: string): Place {
  const user = process.getuid?.() === 0 ? findOsUser(osUserName) : undefined;
  mkdirSync(dataDir, { recursive: true, mode: user ? 0o711 : 0o700 });
  const folder = findFolder(realpathSync(dataDir), user);
  const password = keptPassword(dataDir);
  const socketDir = findSocketDir(folder, user);
  const url = `postgresql://paneldesk:${password}@/paneldesk?host=${encodeURIComponent(socketDir)}`;
  return { folder, cluster: join(folder, 'postgres'), socketDir, password, url, user };
}

/** Whether this data folder has a database, here or where the system keeps it. */
export function hasCluster(dataDir: string): boolean {
  const note = noteOf(dataDir);
  const folder = existsSync(note) ? readFileSync(note, 'utf8').trim() : dataDir;
  return existsSync(join(folder, 'postgres'));
}

/** Whether this user may walk to the folder and into it. */
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
      `PostgreSQL does not run as root, and there is no user "${name}" to run it. Name one in PANELDESK_OS_USER.`,
    );
  }
}

/**
 * The data folder, or a folder of the system's when the data folder lies where the database's user cannot go. What was
 * chosen first stays: a data folder that is moved, or opened to that user, must not come up with an empty database.
 */
function findFolder(dataDir: string, user: OsUser | undefined): string {
  const note = noteOf(dataDir);
  const noted = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
  const ofSystem = join(SYSTEM_FOLDER, shortHash(dataDir));
  if (noted !== undefined && noted !== ofSystem) {
    throw new Error(
      `This data folder was moved or copied; its database is in ${noted}. Move that folder to ${ofSystem} to go on ` +
        `with it, or delete ${note} to begin with an empty database.`,
    );
  }
  if (noted === undefined && (!user || canReach(dataDir, user))) return dataDir;
  if (existsSync(join(dataDir, 'postgres'))) {
    throw new Error(
      `The database in ${dataDir} cannot be reached by the user who runs it: let others pass the folders above it ` +
        '(chmod o+x), or name another user in PANELDESK_OS_USER.',
    );
  }
  mkdirSync(ofSystem, { recursive: true, mode: 0o755 });
  writeFileSync(note, `${ofSystem}\n`);
  return ofSystem;
}

/** Linked into place when it is whole: of two processes that begin at once, neither reads half of it. */
function keptPassword(dataDir: string): string {
  const file = join(dataDir, 'database-password');
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, randomBytes(24).toString('base64url'), { mode: 0o600 });
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

/** A folder beside the cluster where its name fits into a socket address (108 bytes), else one under the system's tmp. */
function findSocketDir(folder: string, user: OsUser | undefined): string {
  const near = join(folder, 'socket');
  const socketDir = Buffer.byteLength(near) <= 85 ? near : join(tmpdir(), `paneldesk-${shortHash(folder)}`);
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  if (user) chownSync(socketDir, user.uid, user.gid);
  chmodSync(socketDir, 0o700);
  return socketDir;
}

/** Says where the database lies when it is not in the data folder itself. */
const noteOf = (dataDir: string) => join(dataDir, 'database-location');

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
