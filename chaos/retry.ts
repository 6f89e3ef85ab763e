/**
 * Three in ten responses are lost: after the commit, during the work, or before a request that is executed late.
 * Clients retry with the same Idempotency-Key: nothing may be lost or done twice.
 */
import { checkAudit } from './audit.ts';
import { createLedger } from './ledger.ts';
import { type Fault, startProxy } from './proxy.ts';
import { count, scenario } from './scenario.ts';
import { keepWriting } from './writers.ts';

const defaults = { writes: 10_000, 'faults-percent': 30, retries: 5, writers: 8 };

await scenario('chaos:retry', defaults, async (run) => {
  const { flags, chance, instance, check } = run;
  const clientToken = await instance.client('acme');
  const staffToken = await instance.agent();
  const ledger = createLedger();
  const server = await instance.start();
  const faults: Fault[] = ['cut', 'leave', 'late'];
  const spoiled = { pass: 0, cut: 0, leave: 0, late: 0 };
  const proxy = await startProxy({ port: server.port, host: '127.0.0.1' }, () => {
    const isSpoiled = chance() * 100 < flags['faults-percent'];
    const fault = isSpoiled ? (faults[Math.floor(chance() * 3)] ?? 'pass') : 'pass';
    spoiled[fault]++;
    return fault;
  });
  const writing = { url: proxy.url, clientToken, staffToken, ledger, chance, keyedShare: 1 };
  const isOver = () => ledger.entries.length >= flags.writes;
  await Promise.all(
    Array.from({ length: flags.writers }, () =>
      keepWriting({ ...writing, attempts: 1 + flags.retries, isOver }),
    ),
  );
  await proxy.close();
  await server.stop(); // with requests still in progress

  check(
    spoiled.cut > 0 && spoiled.leave > 0 && spoiled.late > 0,
    `${count(ledger.retries)} retries; responses cut ${count(spoiled.cut)}, left ${count(spoiled.leave)}, late ${count(spoiled.late)}`,
  );
  check(
    ledger.responses(500, 599) === 0,
    `${count(ledger.entries.length)} POSTs: ${count(ledger.count('acknowledged'))} acknowledged, ` +
      `${ledger.count('refused')} refused, ${ledger.count('unknown')} given up, ${ledger.responses(500, 599)} responses of 5xx`,
  );
  await checkAudit(run, ledger);
});
