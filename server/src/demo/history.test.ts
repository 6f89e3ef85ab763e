import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { kinds } from '#desk/files/extensions.ts';
import { addFile } from '#desk/files/files.ts';
import { changeTicketAsStaff } from '#desk/tickets/change.ts';
import {
  closeInactiveTicket,
  closeTicket,
  closeTicketAsStaff,
  reopenTicket,
  resolveTicket,
} from '#desk/tickets/close.ts';
import { addComment, addReminder, addStaffComment } from '#desk/tickets/comments/add.ts';
import { markRead } from '#desk/tickets/comments/mark-read.ts';
import { findTicket } from '#desk/tickets/find.ts';
import { openTicket, openTicketForAccount } from '#desk/tickets/open.ts';
import { splitTicket } from '#desk/tickets/split.ts';
import { voteOnComment, voteOnTicketByNumber } from '#desk/tickets/votes/votes.ts';
import { type Database, openDatabase, type Tx } from '#platform/db/database.ts';
import { createDatabase } from '#test/support.ts';
import type { Attachment } from './attachments.ts';
import { countIds, historyOf } from './history.ts';
import { drawIds, insertHistory } from './insert.ts';
import { openInstance } from './open-desk.ts';
import { makeStories } from './stories.ts';
import type { Doing, Move, Story } from './story.ts';

test('the rows of the demo are those that the verbs leave, but for their times', async (t) => {
  const now = Date.now();
  const rowsOf = async (write: (tx: Tx, stories: Story[]) => Promise<void>) => {
    const database = openDatabase(await createDatabase(), { statementTimeoutMs: 60_000 });
    t.after(() => database.close());
    await database.transact(async (tx) => {
      const { cast } = await openInstance(tx, now);
      const stories = someOf(makeStories(cast, now));
      assert.equal(new Set(stories.flatMap(({ moves }) => moves.map(({ does }) => does))).size, 15);
      await write(tx, stories);
    });
    return dump(database);
  };

  const inserted = await rowsOf(async (tx, stories) => {
    const { tickets, comments } = countIds(stories);
    const numbers = await drawIds(tx, 'ticket_numbers', tickets);
    await insertHistory(tx, historyOf(stories, numbers, await drawIds(tx, 'comment_ids', comments)));
  });
  const played = await rowsOf(playAll);
  for (const [table, rows] of Object.entries(played)) {
    assert.ok(rows.length > 0, table);
    assert.deepEqual(inserted[table], rows, table);
  }
});

/** Enough of every kind of move, with the tickets that are split from them. */
function someOf(stories: Story[]): Story[] {
  const seldom = new Set<Move['does']>(['reopen', 'split', 'vote', 'remind']);
  const isSeldom = (move: Move) => seldom.has(move.does) || (move.does === 'note' && move.mentions);
  const some = stories.filter(
    ({ moves }, i) => moves[0]?.does === 'open' && (i % 7 === 0 || moves.some(isSeldom)),
  );
  const splits = some.flatMap(({ moves }) => moves.filter((move) => move.does === 'split'));
  return [...some, ...splits.map(({ into }) => into)];
}

interface Thread {
  number: number;
  comments: number[];
  splitTo?: number;
}

async function playAll(tx: Tx, stories: Story[]) {
  const threads = new Map<Story, Thread>();
  const moves = stories
    .flatMap((story) => story.moves.map((move) => ({ story, move })))
    .sort((a, b) => a.move.at - b.move.at);
  for (const { story, move } of moves) {
    if (move.does === 'open') threads.set(story, await open(tx, story, move));
    else await play(tx, threads, threads.get(story) as Thread, move);
  }
}

async function open(tx: Tx, story: Story, { actor, body, files }: Doing<'open'>): Promise<Thread> {
  const { account_id, summary, topic_key, client_aliased_name, client_emails } = story;
  const input = {
    summary,
    topic_key,
    client_aliased_name: client_aliased_name ?? undefined,
    client_emails,
    comment_body: body,
    files: await upload(tx, actor, files),
  };
  const { number } =
    actor.kind === 'client'
      ? await openTicket(tx, actor, input)
      : await openTicketForAccount(tx, actor, account_id, input);
  const { rows } = await sql<{ id: number }>`select id from comments where ticket_number = ${number}`.execute(
    tx,
  );
  return { number, comments: rows.map(({ id }) => id) };
}

async function play(
  tx: Tx,
  threads: Map<Story, Thread>,
  thread: Thread,
  move: Exclude<Move, { does: 'open' }>,
): Promise<unknown> {
  const { number, comments } = thread;
  const said = (text: string) => text.replaceAll('{split}', String(thread.splitTo));
  switch (move.does) {
    case 'comment': {
      const files = await upload(tx, move.actor, move.files);
      return comments.push((await addComment(tx, move.actor, number, { body: move.body, files })).id);
    }
    case 'answer': {
      const { actor, body, status_key } = move;
      const answer = { body: said(body), status_key, files: await upload(tx, actor, move.files) };
      return comments.push((await addStaffComment(tx, actor, number, answer)).id);
    }
    case 'note': {
      const { actor, body, mentions } = move;
      return comments.push((await addStaffComment(tx, actor, number, { body, mentions, internal: true })).id);
    }
    case 'read':
      return markRead(tx, move.actor, number);
    case 'resolve':
      return resolveTicket(tx, move.actor, number);
    case 'close':
      return closeTicket(tx, move.actor, number, { score: move.score, comment: move.comment });
    case 'closeAsStaff':
      return closeTicketAsStaff(tx, move.actor, number, move.reason);
    case 'reopen':
      return reopenTicket(tx, move.actor, number, { body: move.body });
    case 'vote':
      return voteOnTicketByNumber(tx, move.actor, number, { score: move.score, comment: move.comment });
    case 'voteOnAnswer':
      return voteOnLastAnswer(tx, number, move);
    case 'remind': {
      const ticket = await findTicket(tx, move.actor, number);
      return comments.push((await addReminder(tx, ticket, move.body)).id);
    }
    case 'closeSilent':
      return closeInactiveTicket(tx, number);
    case 'triage':
      return changeTicketAsStaff(tx, move.actor, number, move.change);
    case 'split': {
      const comment_ids = move.comments.map((i) => comments[i] as number);
      const target = await splitTicket(tx, move.actor, number, { comment_ids, summary: move.into.summary });
      threads.set(move.into, { number: target.number, comments: [] });
      thread.splitTo = target.number;
    }
  }
}

async function voteOnLastAnswer(tx: Tx, number: number, { actor, score, comment }: Doing<'voteOnAnswer'>) {
  const { rows } = await sql<{ id: number }>`
    select max(id) as id
    from comments
    where ticket_number = ${number} and not is_client_author and not is_internal
  `.execute(tx);
  return voteOnComment(tx, actor, rows[0]?.id ?? 0, { score, comment });
}

async function upload(tx: Tx, actor: Doing<'open'>['actor'], files: Attachment[]) {
  const uuids: string[] = [];
  for (const { name, content } of files) {
    const extension = name.split('.').at(-1) ?? '';
    const { uuid } = await addFile(tx, actor, {
      blob: randomUUID(),
      name,
      size: content.length,
      extension,
      content_type: kinds.get(extension)?.contentType ?? '',
      sha256: createHash('sha256').update(content).digest(),
    });
    uuids.push(uuid);
  }
  return uuids.length > 0 ? uuids : undefined;
}

/** Times that a ticket has or has not. */
const sometimes = ['waiting_since', 'first_response_at', 'resolved_at'];

/** Everything of accounts but times and UUIDs, in order. */
async function dump({ pool }: Database): Promise<Record<string, object[]>> {
  const without = {
    tickets: ['created_at', 'updated_at', 'inactive_since', 'closed_at', 'vote', ...sometimes],
    comments: ['sent_at', 'splitted_at', 'files', 'vote'],
    files: ['uuid', 'blob', 'created_at'],
    votes: ['created_at'],
    events: ['xid', 'created_at'],
    mentions: [],
    ticket_search: [],
    account_state: [],
  };
  const dumps: Record<string, object[]> = {};
  for (const [table, columns] of Object.entries(without)) {
    const { rows } = await pool.query(
      `select to_jsonb(${table}) - $1::text[] as row,
              to_jsonb(${table}) -> 'vote' ->> 'score' as score,
              to_jsonb(${table}) -> 'vote' ->> 'comment' as said,
              (select array_agg(key order by key) from jsonb_each_text(to_jsonb(${table}))
               where key = any($2) and value is not null) as known
       from ${table}
       where account_id > 0
       order by 1`,
      [columns, sometimes],
    );
    dumps[table] = rows;
  }
  return dumps;
}
