/** The people of the demo, and what lets them in: a file in the data folder of an instance with demo data. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '#actor.ts';
import type { Locale } from '#platform/locales.ts';

export interface Credentials {
  accounts: Array<{
    external_id: string;
    name: string;
    locale: Locale;
    token: string;
    contacts: Array<{ id: string; name: string; email: string }>;
  }>;
  staff: Array<{ email: string; name: string; role: Role; locale: Locale; password: string; token: string }>;
  services: Array<{ name: string; token: string }>;
}

export const credentialsPath = (dataDir: string) => join(dataDir, 'demo-credentials.json');

/** Undefined without demo data, and for that of an earlier version, which names no contacts. */
export function readCredentials(dataDir: string): Credentials | undefined {
  const path = credentialsPath(dataDir);
  if (!existsSync(path)) return undefined;
  const credentials: Partial<Credentials> = JSON.parse(readFileSync(path, 'utf8'));
  return credentials.services && (credentials as Credentials); // they came together
}
