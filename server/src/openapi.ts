/** Generates the OpenAPI document without a server or a database: everything in it comes from the routes. */
import { openDatabase } from '#platform/db/database.ts';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { version } from './version.ts';

/** docs/openapi.json, byte for byte. */
export async function generateOpenApi(): Promise<string> {
  const nowhere = openDatabase('postgresql://nowhere/none');
  const absent = () => {
    throw new Error('The file store and the streams are not used while the reference is generated.');
  };
  const app = await buildApp({
    config: readConfig({ LOG_LEVEL: 'silent' }),
    database: nowhere,
    files: { temporaryDir: '', put: absent, read: absent, remove: absent, list: absent },
    streams: { open: absent, count: absent, closeAll: absent },
    followers: [],
    health: { isAccepting: true, warnings: [] },
    webFolder: '',
    version,
  });
  const document = `${JSON.stringify(app.swagger(), null, 2)}\n`;
  await app.close();
  await nowhere.close();
  return document;
}
