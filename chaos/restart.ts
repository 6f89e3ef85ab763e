/** Two servers behind a load balancer are stopped (SIGTERM) and started in turn: no user notices. */
import { checkAudit } from './audit.ts';
import { startBalancer } from './balancer.ts';
import { send } from './client.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { count, scenario, seconds } from './scenario.ts';
import { until } from './until.ts';
import { keepWriting } from './writers.ts';

const defaults = { restarts: 10, requests: 20_000, writers: 4, readers: 8 };

await scenario('chaos:restart', defaults, async (run) => {
  const { flags, chance, instance, check } = run;
  const clientToken = await instance.client('acme');
  const staffToken = await instance.agent();
  const ledger = createLedger();
  const servers = [await instance.start(), await instance.start()];
  const balancer = await startBalancer(servers.map(({ url }) => url));
  const { url } = balancer;
  let isOver = false;
  const writing = {
    url,
    clientToken,
    staffToken,
    ledger,
    chance,
    keyedShare: 0,
    attempts: 1,
    isOver: () => isOver,
  };
  const users = [
    ...Array.from({ length: flags.writers }, () => keepWriting(writing)),
    ...Array.from({ length: flags.readers }, () => keepReading(url, clientToken, ledger, () => isOver)),
  ];

  const stops: Array<{ code: number | null; ms: number }> = [];
  for (let restart = 0; restart < flags.restarts; restart++) {
    const goal = (flags.requests / flags.restarts) * restart;
    await until(
      () => ledger.responses(0, 599) >= goal && balancer.readyCount() === 2,
      120_000,
      'A quiet moment',
    );
    const [server] = servers.splice(0, 1);
    if (!server) throw new Error('There are two servers.');
    stops.push(await server.stop());
    servers.push(await instance.start({ port: server.port }));
  }
  await until(() => ledger.responses(0, 599) >= flags.requests, 120_000, 'Enough requests');
  isOver = true;
  await Promise.all(users);
  balancer.close();

  const requests = ledger.responses(0, 599);
  const failed = requests - ledger.responses(200, 299);
  check(
    failed === 0,
    `${count(requests)} requests, ${failed} failed${failed > 0 ? ` (${[...ledger.statuses]})` : ''}`,
  );
  const unclean = stops.filter(({ code }) => code !== 0).length;
  const slowest = Math.max(...stops.map(({ ms }) => ms));
  check(
    unclean === 0,
    `${stops.length} stops within ${seconds(slowest)}, ${unclean} with an exit code other than 0`,
  );
  await checkAudit(run, ledger);
});

async function keepReading(url: string, token: string, ledger: Ledger, isOver: () => boolean) {
  for (let page = 1; !isOver(); page = (page % 5) + 1) {
    ledger.record(await send(`${url}/support/tickets?page=${page}`, token));
  }
}
