/** The tables of the bare peer: the same texts and nothing else, in the peer's database. */
import { withClient } from './client.ts';

const statements = [
  `create table bare_tickets as
   select number as id, tickets.account_id, summary, body, is_closed, created_at, updated_at,
     to_tsvector('simple', summary || ' ' || body) as words
   from tickets
   join comments on ticket_number = number and ticket_version = 1`,
  `create table bare_comments as
   select id, ticket_number as ticket_id, body, is_client_author as by_client, sent_at
   from comments`,
  'alter table bare_tickets add primary key (id)',
  'alter table bare_comments add primary key (id)',
  'create index bare_tickets_updated on bare_tickets (account_id, updated_at desc)',
  'create index bare_tickets_words on bare_tickets using gin (words)',
  'create index bare_comments_ticket on bare_comments (ticket_id, id)',
  'create sequence bare_ticket_ids start 100000001',
  'create sequence bare_comment_ids start 100000001',
  `alter table bare_tickets
     alter column id set default nextval('bare_ticket_ids'),
     alter column is_closed set default false,
     alter column created_at set default now(),
     alter column updated_at set default now()`,
  `alter table bare_comments
     alter column id set default nextval('bare_comment_ids'),
     alter column sent_at set default now()`,
  `drop table accounts, account_state, staff, tokens, topics, statuses, tickets, comments, votes, files, search_texts,
     events, idempotency_keys, migrations cascade`,
  'vacuum (freeze, analyze)',
];

export async function fillBarePeer(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`set maintenance_work_mem = '1GB'`);
    for (const statement of statements) await client.query(statement);
  });
}
