/**
 * Search over 5,000 generated tickets, compared with a naive scan of every text, and with the query plans of
 * PostgreSQL.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { ClientActor } from '#actor.ts';
import { listTickets } from '#desk/tickets/list.ts';
import { openTicket } from '#desk/tickets/open.ts';
import { openDatabase } from '#platform/db/database.ts';
import { openInstance } from '#test/instance.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const actor: ClientActor = {
  kind: 'client',
  accountId: acme.accountId,
  accountName: 'acme',
  tokenId: acme.tokenId,
  marksRead: true,
};

const vocabulary = `
  server servers disk disks reboot rebooted rebooting network networks payment payments paid invoice invoices refuse
  refused upgrade upgrades slow slowly domain domains certificate certificates expired expires backup backups
  сервер сервера серверов серверами диск диски дисков сеть сети оплата оплаты оплатил счёт счета счетов домен домены
  перезагрузка перезагрузки медленно медленный сертификат сертификаты истёк копия копии не и на the of and
`.match(/\S+/g) as string[]; // never empty

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е');

/**
 * The i-th ticket: a few words of the vocabulary, a host, an address, a word in every ticket and one in every
 * hundredth.
 */
function textOf(i: number): string {
  const words = [1, 7, 13, 31].map((step) => vocabulary[(i * step + step) % vocabulary.length]);
  const host = `vps-${i % 700}.dc${i % 3}.example.com`;
  return `${words.join(' ')} ${host} 10.${i % 5}.${i % 90}.${i % 250} everywhere ${i % 100 === 0 ? 'seldom' : ''}`;
}

/** Each ticket with its text and words. */
const tickets: Array<{ number: number; text: string; words: string[] }> = [];
for (let from = 0; from < 5000; from += 1000) {
  await instance.database.transact(async (tx) => {
    for (let i = from; i < from + 1000; i++) {
      const { number } = await openTicket(tx, actor, { summary: `Question ${i}`, comment_body: textOf(i) });
      const text = plain(`Question ${i} ${textOf(i)}`);
      tickets.push({ number, text, words: text.split(' ') });
    }
  });
}
await instance.query('vacuum analyze tickets, search_texts, account_state');

const search = async (q: string, more = '') =>
  (await done(acme.get(`/support/tickets?q=${encodeURIComponent(q)}${more}`))).body;

async function stemsOf(words: string[]): Promise<Map<string, string>> {
  const rows = await instance.query<{ word: string; stem: string }>(
    `select word, unnest(ts_lexize(case when word ~ '^[a-z]+$' then 'english_stem' else 'russian_stem' end::regdictionary, word)) as stem
     from unnest($1::text[]) as word
     where word ~ '^([a-z]+|[а-я]+)$'`,
    [words],
  );
  return new Map(rows.map(({ word, stem }) => [word, stem]));
}

const known = await stemsOf([...new Set(tickets.flatMap(({ words }) => words))]);

/** The tickets that have each word as a prefix or in another inflection, found by scanning every text. */
async function readThrough(typed: string[]): Promise<number[]> {
  const stems = await stemsOf(typed.map(plain));
  const hits = typed.map(plain).map((word) => {
    const pattern = word.replace(/\.$/, '(?![\\p{L}\\p{N}])').replaceAll(/\.(?=.)/g, '\\.');
    const beginning = new RegExp(`(?<![\\p{L}\\p{N}])${pattern}`, 'u');
    const stem = stems.get(word);
    const hasForm = (words: string[]) => stem !== undefined && words.some((one) => known.get(one) === stem);
    return (ticket: { text: string; words: string[] }) =>
      beginning.test(ticket.text) || hasForm(ticket.words);
  });
  return tickets.filter((ticket) => hits.every((hit) => hit(ticket))).map(({ number }) => number);
}

const anyWord = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...vocabulary) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...vocabulary), fc.integer({ min: 1, max: 6 }))
      .map(([word, length]) => word.slice(0, length)),
  },
  { weight: 1, arbitrary: fc.nat(800).map((i) => `vps-${i}`) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(6), fc.nat(99)).map(([a, b]) => `10.${a}.${b}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'example.co',
      'dc1.example',
      'SELDOM',
      'everywhere',
      'absent',
      'question',
      '10.3.',
    ),
  },
);

test('200 searches for random words find and count the same as a scan of every text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyWord, { minLength: 1, maxLength: 3 }), async (words) => {
      const expected = await readThrough(words);
      const { items, item_count } = await search(words.join(' '), '&items_per_page=1000');
      assert.equal(item_count, expected.length, words.join(' '));
      const numbers = items.map(({ number }: { number: number }) => number);
      assert.deepEqual(numbers, expected.sort((a, b) => b - a).slice(0, 1000), words.join(' '));
    }),
    { numRuns: 200, endOnFailure: true },
  );
});

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Loops': number;
  Plans?: PlanNode[];
}

/** Those that were executed: a plan has one way for common and one for rare words. */
const scansOf = (node: PlanNode): string[] => [
  ...(node['Node Type'].endsWith('Scan') && node['Actual Loops'] > 0
    ? [`${node['Node Type']} ${node['Index Name'] ?? node['Relation Name'] ?? ''}`]
    : []),
  ...(node.Plans ?? []).flatMap(scansOf),
];

/** A connection with auto_explain, which reports how every statement was executed. */
async function openWatched() {
  const [row] = await instance.query<{ name: string }>('select current_database() as name');
  for (const setting of [
    "session_preload_libraries = 'auto_explain'",
    'auto_explain.log_min_duration = 0',
    'auto_explain.log_analyze = on',
    "auto_explain.log_format = 'json'",
    "auto_explain.log_level = 'notice'",
  ]) {
    await instance.query(`alter database ${row?.name} set ${setting}`);
  }
  const watched = openDatabase(instance.url, { poolSize: 1 });
  const scans: string[] = [];
  watched.pool.on('connect', (client) => {
    client.on('notice', ({ message = '' }) => {
      const { 'Query Text': text, Plan: plan } = JSON.parse(message.slice(message.indexOf('{')));
      if (text.includes('search_texts')) scans.push(...scansOf(plan));
    });
  });
  return { watched, scans };
}

const byDate = 'Index Only Scan tickets_updated';
const byNumber = 'Index Scan search_texts_pkey';
const waysOf = {
  everywhere: 'tested',
  question: 'tested',
  the: 'hashed',
  'question everywhere': 'tested',
  на: 'hashed',
  seldom: 'sorted',
  'vps-18': 'sorted',
  absent: 'sorted',
};

test('counts and pages of rare words use the search index; pages of common words are read by date', async () => {
  const { watched, scans } = await openWatched();
  try {
    // PostgreSQL may choose a generic plan after five executions on a connection.
    for (let round = 0; round < 8; round++) {
      // Without a new event the counts of the previous round would be reused.
      await instance.query(
        `insert into events (account_id, type, actor_kind) values ($1, 'ticket.read', 'client')`,
        [acme.accountId],
      );
      for (const [q, way] of Object.entries(waysOf)) {
        scans.length = 0;
        const { item_count } = await listTickets(watched.db, actor, { q, page: 1, items_per_page: 10 });
        assert.equal(item_count, (await readThrough(q.split(' '))).length, q);
        const told = JSON.stringify({ q, round, scans });
        assert.ok(!/Seq Scan (tickets|search_texts)/.test(told), told);
        assert.ok(scans.includes('Bitmap Index Scan search_texts_words'), told);
        assert.equal(scans.includes(byDate), way !== 'sorted', told);
        assert.equal(scans.includes(byNumber), way === 'tested', told);
      }
    }
  } finally {
    await watched.close();
  }
});
