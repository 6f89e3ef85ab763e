/** Fills a database by COPY: rows first, then the keys and indexes of the migrations, then sums and statistics. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate } from '../server/src/platform/db/migrate.ts';
import { checkWords } from './check-words.ts';
import { withClient } from './client.ts';
import { takeOffIndexes } from './indexes.ts';
import { type Plan, STAFF, STAFF_TOKEN, tokenOf } from './plan.ts';
import {
  commentColumns,
  commentRows,
  firstFree,
  searchColumns,
  searchRows,
  ticketColumns,
  ticketRows,
} from './rows.ts';
import { topics } from './texts.ts';

export async function generate(
  url: string,
  plan: Plan,
  lexemes: string[][],
  log: (line: string) => void,
): Promise<void> {
  const took = stopwatch(log);
  await migrate(url);
  await withClient(url, async (client) => {
    const restore = await takeOffIndexes(client, url);
    await addPeople(client, plan);
    took(`schema and ${plan.accounts} accounts`);
    await Promise.all([
      copy(url, `tickets (${ticketColumns})`, ticketRows(plan)),
      copy(url, `comments (${commentColumns})`, commentRows(plan)),
      copy(url, `search_texts (${searchColumns})`, searchRows(plan, lexemes)),
    ]);
    took(`${plan.tickets} tickets and ${plan.tickets * plan.commentsPerTicket} comments`);
    await addHistory(client, plan);
    took('their events and counters');
    await restore();
    took('keys and indexes');
    await checkWords(url, plan); // it writes, so vacuum follows: every search would read what GIN has not sorted in yet
    await client.query('vacuum (freeze, analyze)');
  });
  took('vacuum and statistics');
}

/** One token per account, containing the account's number, and one of staff. */
async function addPeople(client: pg.Client, { accounts }: Plan) {
  await client.query(
    `insert into topics (key, name)
     select key, jsonb_build_object('en', key, 'ru', key)
     from unnest($1::text[]) as key`,
    [topics],
  );
  await client.query(
    `insert into accounts (account_id, external_id, name, email)
     select id, 'account-' || id, 'Account ' || id, 'account-' || id || '@clients.example'
     from generate_series(1, $1::int) as id`,
    [accounts],
  );
  await client.query(
    `insert into tokens (token_id, kind, account_id, name, token_hash)
     select id, 'client', id, 'bench', hash
     from unnest($1::bytea[]) with ordinality as tokens (hash, id)`,
    [Array.from({ length: accounts }, (_, i) => sha256(tokenOf(i + 1)))],
  );
  await client.query(
    `insert into staff (staff_id, email, name, role)
     select id, 'staff-' || id || '@host.example', 'Anna Petrova', 'admin'
     from generate_series(1, $1::int) as id`,
    [STAFF],
  );
  await client.query(
    `insert into tokens (token_id, kind, staff_id, name, token_hash) values ($1, 'staff', 1, 'bench', $2)`,
    [accounts + 1, sha256(STAFF_TOKEN)],
  );
}

async function copy(url: string, target: string, rows: Iterable<string>) {
  await withClient(url, async (client) => {
    await client.query('set synchronous_commit = off');
    await pipeline(Readable.from(rows), client.query(copyFrom(`copy ${target} from stdin`)));
  });
}

/** What the product would have written as well: counters, an event per comment, sequences. */
async function addHistory(client: pg.Client, plan: Plan) {
  await client.query(
    `insert into account_state (account_id, tickets_open, tickets_closed)
     select account_id, count(number) filter (where not is_closed), count(number) filter (where is_closed)
     from accounts
     left join tickets using (account_id)
     group by account_id`,
  );
  await client.query(
    `insert into events (account_id, xid, type, is_client_visible, ticket_number, comment_id, actor_kind, token_id,
       created_at)
     select account_id, '3', case when ticket_version = 1 then 'ticket.opened' else 'ticket.commented' end, true,
       ticket_number, id, case when is_client_author then 'client' else 'staff' end, account_id, sent_at
     from comments`,
  );
  const { number, comment } = firstFree(plan);
  await client.query(
    `select setval('ticket_numbers', $1, false), setval('comment_ids', $2, false),
       setval(pg_get_serial_sequence('accounts', 'account_id'), $3),
       setval(pg_get_serial_sequence('tokens', 'token_id'), $4),
       setval(pg_get_serial_sequence('staff', 'staff_id'), $5)`,
    [number, comment, plan.accounts, plan.accounts + 1, STAFF],
  );
  await client.query(
    `update followers set cursor = (select '1.' || pg_current_xact_id() || '.0') where cursor <> ''`,
  );
}

const sha256 = (secret: string) => createHash('sha256').update(secret).digest();

function stopwatch(log: (line: string) => void) {
  let since = performance.now();
  return (what: string) => {
    log(`  ${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s  ${what}`);
    since = performance.now();
  };
}
