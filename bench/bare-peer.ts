/**
 * What the same work costs without any of Paneldesk's rules: node:http and pg over two plain tables, with no tokens,
 * limits or events, and one search word in summary and first comment. Started by the bench, with DATABASE_URL.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, options: '-c jit=off' });
const names = new Map<string, string>();

async function query(text: string, values: unknown[]) {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return (await pool.query({ name, text, values })).rows;
}

interface Asked {
  account: string;
  id: string | undefined;
  q: string | null;
  body: Record<string, string>;
}

const columns = 'id, summary, is_closed, created_at, updated_at';

const verbs: Record<string, (asked: Asked) => Promise<unknown>> = {
  'GET ticket': async ({ id, account }) =>
    (await query(`select ${columns} from bare_tickets where id = $1 and account_id = $2`, [id, account]))[0],

  'GET comments': async ({ id }) => ({
    items: await query('select * from bare_comments where ticket_id = $1 order by id', [id]),
  }),

  'GET tickets': async ({ account, q }) => {
    const words = q === null ? '' : `and words @@ plainto_tsquery('simple', $2)`;
    const values = q === null ? [account] : [account, q];
    const [items, [counted]] = await Promise.all([
      query(
        `select ${columns} from bare_tickets where account_id = $1 ${words} order by updated_at desc limit 10`,
        values,
      ),
      query(`select count(*) as item_count from bare_tickets where account_id = $1 ${words}`, values),
    ]);
    return { items, ...counted };
  },

  'POST tickets': async ({ account, body: { summary, comment_body } }) =>
    (
      await query(
        `with ticket as (
           insert into bare_tickets (account_id, summary, body, words)
           values ($1, $2, $3, to_tsvector('simple', $2::text || ' ' || $3::text))
           returning ${columns}
         ), comment as (
           insert into bare_comments (ticket_id, body, by_client) select id, $3, true from ticket
         )
         select * from ticket`,
        [account, summary, comment_body],
      )
    )[0],

  'POST comments': async ({ id, body: { body } }) =>
    (
      await query(
        `with ticket as (update bare_tickets set updated_at = now() where id = $1)
         insert into bare_comments (ticket_id, body, by_client) values ($1, $2, true) returning *`,
        [id, body],
      )
    )[0],
};

async function respond(request: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const [, , , id, comments] = pathname.split('/');
  const noun = comments ?? (id === undefined || request.method === 'POST' ? 'tickets' : 'ticket');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  const verb = verbs[`${request.method} ${noun}`];
  if (!verb) throw new Error(`The bare peer has no ${request.method} ${pathname}.`);
  return verb({ account: String(request.headers['x-account']), id, q: searchParams.get('q'), body });
}

const server = createServer((request, response) => {
  respond(request).then(
    (result) => {
      const text = JSON.stringify(result);
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
        .end(text);
    },
    (error) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // it listens on TCP
  console.log(`http://127.0.0.1:${port}`);
});
process.on('SIGTERM', () => process.exit(0));
