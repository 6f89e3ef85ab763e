/**
 * The settings. One table gives their types, defaults and docs/configuration.md. `cli.ts` and `cli/database.ts` pass
 * the environment in. The one exception is DEBUG, which cli.ts reads itself, because the settings may be what is
 * wrong.
 */
import { resolve } from 'node:path';

interface Setting<T> {
  name: string;
  fallback: T;
  about: string;
  /** Throws an Error that says what is wrong with the text. */
  read: (text: string) => T;
}

const settings = {
  port: integer(
    'PORT',
    8080,
    'TCP port. If PORT is not set and 8080 is taken, the next free port is used.',
    0,
    65535,
  ),
  host: text('HOST', '127.0.0.1', 'Address to listen on. `0.0.0.0` or `::`: all interfaces.'),
  dataDir: path(
    'DATA_DIR',
    'data',
    'Folder for the embedded database, uploaded files and generated secrets.',
  ),
  databaseUrl: text('DATABASE_URL', '', 'PostgreSQL 15 or later to use instead of the embedded one.'),
  databasePoolSize: integer(
    'DATABASE_POOL_SIZE',
    10,
    'Number of connections to PostgreSQL, per process.',
    2,
    200,
  ),
  osUser: text(
    'PANELDESK_OS_USER',
    'nobody',
    'User that runs the embedded PostgreSQL if root starts the server.',
  ),
  demo: choice(
    'DEMO',
    'auto',
    ['auto', 'on', 'off'],
    'Whether demo data is created in an empty database: `auto` (only in the embedded database), `on` or `off`.',
  ),
  ticketsPerMinute: limit('LIMIT_TICKETS_PER_MINUTE', 2, 'Tickets that an account may open per minute'),
  commentsPerMinute: limit('LIMIT_COMMENTS_PER_MINUTE', 60, 'Comments that an account may write per minute'),
  uploadsPerMinute: limit('LIMIT_UPLOADS_PER_MINUTE', 20, 'Files that an account may upload per minute'),
  staffUploadsPerMinute: limit(
    'LIMIT_STAFF_UPLOADS_PER_MINUTE',
    60,
    'Files that a team member may upload per minute',
  ),
  readsPerMinute: limit(
    'LIMIT_READS_PER_MINUTE',
    120,
    'Requests per minute with which an account may mark tickets as read, other than by listing comments',
  ),
  votesPerMinute: limit('LIMIT_VOTES_PER_MINUTE', 60, 'Votes that an account may give per minute'),
  changesPerMinute: limit(
    'LIMIT_CHANGES_PER_MINUTE',
    60,
    'Changes of tickets that an account may make per minute',
  ),
  maxFileBytes: integer(
    'MAX_FILE_BYTES',
    20_000_000,
    'Largest size of an uploaded file, in bytes.',
    1,
    1_000_000_000,
  ),
  maxConnections: integer(
    'MAX_CONNECTIONS',
    5000,
    'Largest number of open client connections, including streams. A connection beyond it is closed immediately.',
    10,
    1_000_000,
  ),
  maxBodyBytesInProgress: integer(
    'MAX_BODY_BYTES_IN_PROGRESS',
    67_108_864,
    'Largest total size of JSON bodies in progress. One caller may use a quarter of it. Requests beyond it get `503` with Retry-After.',
    4_194_304,
    10_000_000_000,
  ),
  publicUrl: webAddress(
    'PUBLIC_URL',
    'Address at which clients reach the server. Default: the address on which it listens. With `https://`, cookies are always Secure, whatever a proxy sends.',
  ),
  allowedOrigins: origins(
    'ALLOWED_ORIGINS',
    'Origins of web pages that may call `/support` and `/files` with a key, separated by commas, e.g. `https://panel.example`.',
  ),
  ssoAudience: text(
    'SSO_AUDIENCE',
    'paneldesk',
    'Required `aud` of the tokens that a host signs for its clients. Set a different one for each instance of the host.',
  ),
  trustProxy: text(
    'TRUST_PROXY',
    '',
    'Addresses or networks of proxies whose X-Forwarded-For is trusted, separated by commas.',
  ),
  metricsToken: text(
    'METRICS_TOKEN',
    '',
    'Bearer token for `/metrics`. Without it, and without `https` in PUBLIC_URL, only requests from the same machine can read them.',
  ),
  logLevel: choice(
    'LOG_LEVEL',
    'info',
    ['debug', 'info', 'warn', 'error', 'silent'],
    'Level of the log: `debug`, `info`, `warn`, `error` or `silent`.',
  ),
  logSlowMs: integer(
    'LOG_SLOW_MS',
    1000,
    'Requests that take longer than this many milliseconds are logged.',
    1,
    600_000,
  ),
  drainSeconds: integer(
    'DRAIN_SECONDS',
    10,
    'How long a server that stops waits for requests in progress, in seconds.',
    0,
    300,
  ),
  s3Endpoint: text('S3_ENDPOINT', '', 'Address of an S3-compatible service, e.g. `https://s3.example.com`.'),
  s3Bucket: text('S3_BUCKET', '', 'Bucket for files. If it is set, files are not stored in the data folder.'),
  s3Region: text('S3_REGION', 'us-east-1', 'Region in the signatures of requests to S3.'),
  s3AccessKeyId: text('S3_ACCESS_KEY_ID', '', 'Access key for S3.'),
  s3SecretAccessKey: text('S3_SECRET_ACCESS_KEY', '', 'Secret key for S3.'),
  oidcIssuer: issuer(
    'OIDC_ISSUER',
    'Identity provider (OpenID Connect) at which staff can sign in, e.g. `https://id.example.com`.',
  ),
  oidcClientId: text('OIDC_CLIENT_ID', '', 'Client id of Paneldesk at the identity provider.'),
  oidcClientSecret: text(
    'OIDC_CLIENT_SECRET',
    '',
    'Client secret of Paneldesk at the identity provider. It is sent with HTTP Basic.',
  ),
} satisfies Record<string, Setting<unknown>>;

/** Settings that depend on others. */
const needs = {
  s3Bucket: ['s3Endpoint', 's3AccessKeyId', 's3SecretAccessKey'],
  oidcIssuer: ['oidcClientId', 'oidcClientSecret'],
} as const;

type Key = keyof typeof settings;
type Values = { [K in keyof typeof settings]: ReturnType<(typeof settings)[K]['read']> };

export type Config = Readonly<
  Values & {
    /** Whether PORT was set: only the default port may be replaced by the next free one. */
    portGiven: boolean;
  }
>;

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads every setting, or throws one ConfigError that lists all problems. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries<Setting<unknown>>(settings)) {
    const given = env[setting.name];
    try {
      values[key] = given === undefined || given === '' ? fallbackOf(setting) : setting.read(given);
    } catch (error) {
      problems.push(`${setting.name}: ${(error as Error).message}`);
    }
  }
  for (const [key, needed] of Object.entries(needs) as Array<[keyof typeof needs, readonly Key[]]>) {
    const missing =
      problems.length === 0 && values[key] !== '' ? needed.filter((one) => values[one] === '') : [];
    problems.push(...missing.map((one) => `${settings[one].name}: is needed with ${settings[key].name}`));
  }
  if (problems.length > 0)
    throw new ConfigError(`The configuration does not fit:\n  ${problems.join('\n  ')}`);
  // The loop above has filled every key of `settings` by the reader that gives its type.
  return Object.freeze({ ...values, portGiven: Boolean(env.PORT) }) as Config;
}

/** Generates docs/configuration.md from the same table. */
export function configurationPage(): string {
  const rows = Object.values<Setting<unknown>>(settings).map(
    ({ name, fallback, about }) =>
      `| \`${name}\` | ${fallback === '' || Array.isArray(fallback) ? 'none' : `\`${fallback}\``} | ${about} |`,
  );
  return [
    '# Configuration',
    '',
    'All settings are environment variables. An empty variable counts as not set. This page is generated from',
    '`server/src/config.ts` by `npm run openapi`.',
    '',
    '| variable | default | what it does |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function fallbackOf(setting: Setting<unknown>) {
  return setting.name === 'DATA_DIR' ? setting.read(String(setting.fallback)) : setting.fallback;
}

function text(name: string, fallback: string, about: string): Setting<string> {
  return { name, fallback, about, read: (given) => given };
}

function webAddress(name: string, about: string): Setting<string> {
  const read = (given: string) => {
    const protocol = URL.canParse(given) ? new URL(given).protocol : '';
    if (protocol !== 'https:' && protocol !== 'http:') {
      throw new Error(`"${given}" is not an https:// or http:// address`);
    }
    return given;
  };
  return { name, fallback: '', about, read };
}

/** Origins exactly as browsers send them. Browsers refuse pages of any other. */
function origins(name: string, about: string): Setting<readonly string[]> {
  const read = (given: string) => {
    const list = given.split(',').map((one) => one.trim());
    const wrong = list.find(
      (one) => !/^https?:/.test(one) || !URL.canParse(one) || new URL(one).origin !== one,
    );
    if (wrong !== undefined) throw new Error(`"${wrong}" is not an origin such as https://panel.example`);
    return list;
  };
  return { name, fallback: [], about, read };
}

/** Secrets are sent to the issuer: plain HTTP is allowed only within this machine. */
function issuer(name: string, about: string): Setting<string> {
  const read = (given: string) => {
    const { protocol, hostname } = URL.canParse(given) ? new URL(given) : { protocol: '', hostname: '' };
    const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    if (protocol !== 'https:' && !(protocol === 'http:' && isHere)) {
      throw new Error(`"${given}" is not an https:// address`);
    }
    return given;
  };
  return { name, fallback: '', about, read };
}

function path(name: string, fallback: string, about: string): Setting<string> {
  return { name, fallback, about, read: (given) => resolve(given) };
}

function integer(name: string, fallback: number, about: string, min: number, max: number): Setting<number> {
  const read = (given: string) => {
    const value = Number(given);
    if (!/^\d+$/.test(given) || value < min || value > max) {
      throw new Error(`"${given}" is not a whole number from ${min} to ${max}`);
    }
    return value;
  };
  return { name, fallback, about, read };
}

function limit(name: string, fallback: number, about: string) {
  return integer(name, fallback, `${about}. 0: no limit.`, 0, 1_000_000);
}

function choice<const T extends string>(
  name: string,
  fallback: NoInfer<T>,
  options: T[],
  about: string,
): Setting<T> {
  const read = (given: string) => {
    const option = options.find((one) => one === given.toLowerCase());
    if (option === undefined) throw new Error(`"${given}" is not one of ${options.join(', ')}`);
    return option;
  };
  return { name, fallback, about, read };
}
