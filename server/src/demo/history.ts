/**
 * What the verbs would leave behind. They stamp everything with the present and take thousands of statements, so the
 * demo works its months of tickets in memory, in the order of time, and inserts the rows as sets: numbers, ids and the
 * feed run with time, and half a second is enough. demo.test.ts plays the same stories through the verbs and compares.
 */
import type { TicketEventType } from '../events/events.ts';
import {
  copy,
  type History,
  type Ids,
  iso,
  keepVote,
  newThread,
  record,
  type Thread,
  touch,
  write,
} from './rows.ts';
import type { Doing, Move, Story } from './story.ts';

/** How many ticket numbers and comment ids the stories take. */
export function countIds(stories: Story[]) {
  const moves = stories.flatMap((story) => story.moves);
  const writing = new Set<Move['does']>(['open', 'comment', 'answer', 'note', 'reopen']);
  const splits = moves.filter((move) => move.does === 'split');
  return {
    tickets: moves.filter(({ does }) => does === 'open').length + splits.length,
    comments: splits.reduce(
      (sum, { comments }) => sum + comments.length,
      moves.filter(({ does }) => writing.has(does)).length,
    ),
  };
}

/** The rows of these stories, each kind in the order of time. */
export function historyOf(stories: Story[], numbers: number[], commentIds: number[]): History {
  const history: History = { tickets: [], comments: [], files: [], votes: [], events: [], blobs: new Map() };
  const ids = { numbers: numbers.values(), comments: commentIds.values() };
  const threads = new Map<Story, Thread>();
  const moves = stories
    .flatMap((story) => story.moves.map((move) => ({ story, move })))
    .sort((a, b) => a.move.at - b.move.at);
  for (const { story, move } of moves) {
    const thread = threads.get(story);
    if (move.does === 'open') threads.set(story, open(history, ids, story, move));
    else if (!thread) throw new Error('A story begins with its opening, or with a split.');
    else if (move.does === 'split') threads.set(move.into, split(thread, move));
    else play(thread, move);
  }
  return history;
}

function play(thread: Thread, move: Exclude<Move, { does: 'open' | 'split' }>) {
  switch (move.does) {
    case 'comment':
      return comment(thread, move, 'ticket.commented');
    case 'reopen':
      return comment(thread, { ...move, files: [] }, 'ticket.reopened');
    case 'answer':
      return answer(thread, move);
    case 'note':
      return note(thread, move);
    case 'read':
      return read(thread, move);
    case 'resolve':
      return resolve(thread, move);
    case 'close':
      return close(thread, move);
    case 'closeAsStaff':
      return closeAsStaff(thread, move);
    case 'vote':
      return vote(thread, move);
    case 'voteOnAnswer':
      return voteOnAnswer(thread, move);
    case 'setType':
      return setType(thread, move);
  }
}

function open(history: History, ids: Ids, story: Story, { at, actor, body, files }: Doing<'open'>): Thread {
  const byClient = actor.kind === 'client';
  const thread = newThread(history, ids, story, at, {
    status_key: byClient ? 'new' : 'await_client',
    is_client_author: byClient,
    is_client_read: byClient,
    is_answered: !byClient,
  });
  const { id } = write(thread, actor, at, body, { attachments: files });
  record(thread, actor, at, 'ticket.opened', { comment_id: id });
  return thread;
}

function comment(thread: Thread, move: Omit<Doing<'comment'>, 'does'>, event: TicketEventType) {
  const { at, actor, body, files } = move;
  const unended = { is_resolved: false, is_closed: false, closed_at: null, close_reason: null, vote: null };
  Object.assign(thread.ticket, { status_key: 'in_progress', ...unended });
  touch(thread.ticket, at);
  const { id } = write(thread, actor, at, body, { attachments: files });
  record(thread, actor, at, event, { comment_id: id });
}

function answer(thread: Thread, { at, actor, body, files, status_key }: Doing<'answer'>) {
  const { ticket } = thread;
  const isResolved = status_key === 'resolved';
  Object.assign(ticket, { status_key, is_resolved: isResolved, is_answered: true, is_client_read: false });
  if (!isResolved) ticket.vote = null;
  touch(ticket, at);
  const { id } = write(thread, actor, at, body, { attachments: files });
  record(thread, actor, at, 'ticket.commented', { comment_id: id });
  if (isResolved) record(thread, actor, at, 'ticket.resolved');
}

function note(thread: Thread, { at, actor, body }: Doing<'note'>) {
  const { id } = write(thread, actor, at, body, { is_internal: true });
  record(thread, actor, at, 'ticket.noted', { comment_id: id });
}

function read(thread: Thread, { at, actor }: Doing<'read'>) {
  if (thread.ticket.is_client_read) return;
  for (const one of [thread.ticket, ...thread.comments]) one.is_client_read = true;
  record(thread, actor, at, 'ticket.read');
}

function resolve(thread: Thread, { at, actor }: Doing<'resolve'>) {
  Object.assign(thread.ticket, { status_key: 'resolved', is_resolved: true });
  touch(thread.ticket, at);
  record(thread, actor, at, 'ticket.resolved');
}

function close(thread: Thread, { at, actor, score, comment }: Doing<'close'>) {
  end(thread, at, { is_resolved: true });
  record(thread, actor, at, 'ticket.closed');
  if (score !== undefined) vote(thread, { at, actor, score, comment });
  else if (comment !== undefined) keepVote(thread, actor, at, { comment });
}

function closeAsStaff(thread: Thread, { at, actor, reason }: Doing<'closeAsStaff'>) {
  end(thread, at, { close_reason: reason });
  record(thread, actor, at, 'ticket.closed', { data: { reason } });
}

function end({ ticket }: Thread, at: number, how: { is_resolved?: boolean; close_reason?: string }) {
  Object.assign(ticket, { is_closed: true, status_key: 'closed', closed_at: iso(at), ...how });
  touch(ticket, at);
}

function vote(thread: Thread, { at, actor, score, comment }: Omit<Doing<'vote'>, 'does'>) {
  thread.ticket.vote = keepVote(thread, actor, at, { score, comment });
  touch(thread.ticket, at);
  record(thread, actor, at, 'ticket.voted', { data: { score } });
}

function voteOnAnswer(thread: Thread, { at, actor, score, comment }: Doing<'voteOnAnswer'>) {
  const voted = thread.comments.findLast((one) => !one.is_client_author && !one.is_internal);
  if (!voted) throw new Error('There is no answer to vote on.');
  voted.vote = keepVote(thread, actor, at, { score, comment }, voted.id);
  touch(thread.ticket, at);
  record(thread, actor, at, 'comment.voted', { comment_id: voted.id, data: { score } });
}

function setType(thread: Thread, { at, actor, type }: Doing<'setType'>) {
  const data = { before: { type: thread.ticket.type }, after: { type } };
  thread.ticket.type = type;
  touch(thread.ticket, at);
  record(thread, actor, at, 'ticket.changed', { data });
}

function split(source: Thread, { at, actor, comments, into }: Doing<'split'>): Thread {
  const chosen = source.comments.filter((_, index) => comments.includes(index));
  const target = newThread(source.history, source.ids, into, at, {
    status_key: chosen.at(-1)?.is_client_author ? 'in_progress' : 'await_client',
    is_client_author: chosen[0]?.is_client_author ?? false,
    is_client_read: chosen.every((one) => one.is_client_read),
    is_answered: chosen.some((one) => !one.is_client_author),
  });
  const { number, type } = source.ticket;
  Object.assign(target.ticket, { type, splitted_from_ticket_number: number });
  for (const one of chosen) {
    copy(target, one);
    Object.assign(one, { splitted_at: iso(at), splitted_to_ticket_number: target.ticket.number });
  }
  touch(source.ticket, at);
  const comment_ids = chosen.map(({ id }) => id);
  record(source, actor, at, 'ticket.split', { data: { to: target.ticket.number, comment_ids } });
  record(target, actor, at, 'ticket.opened', { data: { from: number } });
  return target;
}
