/**
 * Repeatedly kills the server (-9) under load, sometimes together with its database, and restarts it: everything
 * acknowledged must be there, once, and everything with a key can be retried until it succeeds.
 */
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sweepFiles } from '../server/src/desk/files/files.ts';
import { openFolderStore } from '../server/src/desk/files/folder-store.ts';
import { openDatabase } from '../server/src/platform/db/database.ts';
import { audit, checkAudit } from './audit.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { killPostmaster, withDatabase } from './postgres.ts';
import { count, type Run, scenario, seconds } from './scenario.ts';
import type { ServerProcess } from './server.ts';
import { until } from './until.ts';
import { createGate, type Gate, keepWriting } from './writers.ts';

const defaults = {
  kills: 20,
  'postmaster-kills': 5,
  writers: 16,
  'writes-per-kill': 100,
  'ready-seconds': 5, // more on a machine shared with other work
};
type Kills = Run<keyof typeof defaults>;

await scenario('chaos:kill', defaults, async (run) => {
  const { flags, chance, instance, check } = run;
  const tokens = [await instance.client('acme'), await instance.client('globex')];
  const staffToken = await instance.agent();
  const ledger = createLedger();
  const gate = createGate();
  const server = await instance.start();
  let isOver = false;
  const writing = { url: server.url, staffToken, ledger, chance, keyedShare: 0.5, attempts: 20, gate };
  const writers = Array.from({ length: flags.writers }, (_, i) =>
    keepWriting({ ...writing, clientToken: tokens[i % tokens.length] ?? '', isOver: () => isOver }),
  );
  await killAgainAndAgain(run, server, ledger, gate);
  isOver = true;
  await Promise.all(writers);

  check(
    ledger.responses(500, 599) === 0,
    `${count(ledger.entries.length)} writes: ${count(ledger.count('acknowledged'))} acknowledged, ` +
      `${ledger.count('refused')} refused, ${ledger.count('unknown')} unknown, ${ledger.retries} sent again, ` +
      `${ledger.responses(500, 599)} responses of 5xx`,
  );
  const { orphans } = await checkAudit(run, ledger);
  const left = await sweepLater(instance.folder, orphans, ledger);
  check(left === 0, `${orphans.length} files without a row, ${left} after the sweep`);
});

async function killAgainAndAgain(
  { flags, chance, instance, check }: Kills,
  first: ServerProcess,
  ledger: Ledger,
  gate: Gate,
) {
  let server = first;
  const readyMs: number[] = [];
  for (let kill = 1; kill <= flags.kills + flags['postmaster-kills']; kill++) {
    const goal = ledger.count('acknowledged') + Math.ceil(chance() * 2 * flags['writes-per-kill']);
    await until(() => ledger.count('acknowledged') >= goal, 60_000, 'Enough acknowledged writes');
    await wait(chance() * 10); // a random delay: acknowledgements follow the rhythm of commits, and the kill must not
    gate.close();
    const died = server.kill();
    if (kill > flags.kills) await killPostmaster(instance.folder);
    await died;
    server = await instance.start({ port: server.port });
    readyMs.push(server.readyMs);
    gate.open();
  }
  const slowest = Math.max(...readyMs);
  check(
    slowest <= flags['ready-seconds'] * 1000,
    `${flags.kills} kills of the server, ${flags['postmaster-kills']} of server and database: ` +
      `ready again after ${seconds(slowest)} at most`,
  );
}

/**
 * Runs the sweep with all files dated two hours back. Returns how many files without a row remain, and violated rules.
 */
async function sweepLater(folder: string, orphans: string[], ledger: Ledger): Promise<number> {
  const twoHoursAgo = Date.now() / 1000 - 7200;
  for (const path of orphans) utimesSync(path, twoHoursAgo, twoHoursAgo);
  return withDatabase(folder, async (url) => {
    const database = openDatabase(url);
    await sweepFiles(database.db, await openFolderStore(join(folder, 'files')));
    await database.close();
    const after = await audit(url, folder, ledger);
    return after.orphans.length + after.broken.length;
  });
}
