/**
 * Tests the audit itself: damages a correct database in every way that a rule forbids, and checks that the audit
 * reports it.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { audit, checkAudit, findBroken } from './audit.ts';
import { createLedger, type Entry } from './ledger.ts';
import { withDatabase } from './postgres.ts';
import { rules } from './rules.ts';
import { scenario } from './scenario.ts';
import { keepWriting } from './writers.ts';

const one = (table: string, key: string, condition = 'true') =>
  `(select min(${key}) from ${table} where ${condition})`;

/** Rule → what violates it. */
const damage: Record<string, string | ((entries: Entry[]) => Entry[])> = {
  'an acknowledged write is stored': `delete from votes where id = ${one('votes', 'id')}`,
  'no write is stored twice': `
    insert into votes (account_id, ticket_number, score, comment)
    select account_id, ticket_number, score, comment from votes where id = ${one('votes', 'id')}`,
  'a refused write is not stored': ([first, ...rest]) =>
    first ? [{ ...first, outcome: 'refused' }, ...rest] : [],
  'nothing is stored that nobody wrote': ([, ...rest]) => rest,
  'an Idempotency-Key is stored exactly when its write is': `delete from idempotency_keys where key = ${one('idempotency_keys', 'key')}`,
  'an account counts its tickets': 'update account_state set tickets_open = tickets_open + 1',
  'ticket numbers are unique': `
    insert into tickets (account_id, number, summary, is_client_author, waiting_since)
    select account_id + 1000, number, 'Copy', true, now() from tickets where number = ${one('tickets', 'number')}`,
  'comment ids are unique': `
    insert into comments (account_id, id, ticket_number, body, is_client_author, is_client_read, ticket_version)
    select account_id + 1000, id, ticket_number, 'Copy', true, true, 1 from comments where id = ${one('comments', 'id')}`,
  'a closed ticket has its time and its state, an open one has neither': `
    update tickets set updated_at = created_at - interval '1 day' where number = ${one('tickets', 'number')}`,
  'a closed ticket is not snoozed, and only a snoozed one has an end of its snooze': `
    update tickets set snoozed_until = now() where number = ${one('tickets', 'number')}`,
  'only a resolved or closed ticket with a reply has a vote': `
    update tickets set vote = '{}', has_reply = false where number = ${one('tickets', 'number')}`,
  'a ticket has its first comment, written with it': `delete from comments where id = ${one('comments', 'id')}`,
  'a comment has its ticket': `delete from tickets where number = ${one('tickets', 'number')}`,
  'a ticket can be found': `delete from search_texts where comment_id = 0 and number = ${one('tickets', 'number')}`,
  'a comment can be found': `delete from search_texts where comment_id = ${one('comments', 'id')}`,
  'a ticket was opened by one event': `delete from events where id = ${one('events', 'id', "type = 'ticket.opened'")}`,
  'a comment has one event': `delete from events where id = ${one('events', 'id', "type = 'ticket.commented'")}`,
  'a score has one event': `delete from events where id = ${one('events', 'id', "type = 'ticket.voted'")}`,
  'the ticket and the comment of an event exist': `
    update events set comment_id = -1 where id = ${one('events', 'id', "type = 'ticket.commented'")}`,
  'a ticket is closed when it was closed once more than reopened': `
    delete from events where id = ${one('events', 'id', "type = 'ticket.closed'")}`,
  'the version of a ticket counts its changes': `
    update tickets set version = version + 1 where number = ${one('tickets', 'number')}`,
  'a comment shows the files it has': `update comments set files = '[]'`,
  'a file is what was sent': `update files set sha256 = '\\x00'`,
};

/** Drops the checks of tickets, which would refuse some of the damage. */
const dropChecks = `
  do $$
  declare name text;
  begin
    for name in select conname from pg_constraint where conrelid = 'tickets'::regclass and contype = 'c' loop
      execute format('alter table tickets drop constraint %I', name);
    end loop;
  end $$`;

await scenario('chaos:sabotage', { writes: 100 }, async (run) => {
  const { instance, flags, chance, check } = run;
  const ledger = createLedger();
  const [clientToken, staffToken] = [await instance.client('acme'), await instance.agent()];
  const { url, stop } = await instance.start();
  const isOver = () => ledger.entries.length >= flags.writes;
  await keepWriting({ url, clientToken, staffToken, ledger, chance, keyedShare: 0.5, attempts: 1, isOver });
  await stop();
  await checkAudit(run, ledger);

  await withDatabase(instance.folder, async (address) => {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    for (const rule of Object.keys(rules)) {
      const broken = await sabotage(client, ledger.entries, rule);
      check(
        broken.some((sentence) => sentence.startsWith(rule)),
        `noticed when it is not so that ${rule}`,
      );
    }
    await client.end();
    removeOneFile(join(instance.folder, 'files'));
    const { broken } = await audit(address, instance.folder, ledger);
    check(broken.length === 1, 'noticed when it is not so that a file has its bytes');
  });
});

/** What the audit reports after the damage, which is then rolled back. */
async function sabotage(client: pg.Client, entries: Entry[], rule: string): Promise<string[]> {
  const how = damage[rule] ?? '';
  await client.query('begin');
  await client.query('set local session_replication_role = replica'); // foreign keys would prevent it
  await client.query(dropChecks);
  if (typeof how === 'string') await client.query(how);
  const broken = await findBroken(client, typeof how === 'string' ? entries : how(entries));
  await client.query('rollback');
  return broken;
}

function removeOneFile(root: string) {
  for (const folder of readdirSync(root)) {
    const [blob] = readdirSync(join(root, folder));
    if (blob !== undefined) return rmSync(join(root, folder, blob));
  }
}
