/**
 * What the verbs would leave behind. They stamp everything with the present and take thousands of statements, so the
 * demo works its months of tickets in memory, in the order of time, and inserts the rows as sets: numbers, ids and the
 * feed run with time, and half a second is enough. history.test.ts plays such stories through the verbs and compares.
 */
import type { TicketEventType } from '#platform/events/types.ts';
import { copy, iso, keepVote, look, mention, newThread, record, touch, write } from './rows.ts';
import type { Doing, Move, Story } from './story.ts';
import type { History, Sources, Thread, Ticket } from './tables.ts';

/** How many ticket numbers and comment ids the stories take. */
export function countIds(stories: Story[]) {
  const moves = stories.flatMap((story) => story.moves);
  const writing = new Set<Move['does']>(['open', 'comment', 'answer', 'note', 'remind', 'reopen']);
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
  const history: History = {
    ...{
      tickets: [],
      comments: [],
      files: [],
      votes: [],
      mentions: [],
      reminders: [],
      alerts: [],
      events: [],
    },
    blobs: new Map(),
  };
  const sources = { history, ids: { numbers: numbers.values(), comments: commentIds.values() } };
  const threads = new Map<Story, Thread>();
  const moves = stories
    .flatMap((story) => story.moves.map((move) => ({ story, move })))
    .sort((a, b) => a.move.at - b.move.at);
  for (const { story, move } of moves) {
    const thread = threads.get(story);
    if (move.does === 'open') threads.set(story, open(sources, story, move));
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
      return comment(thread, move, 'ticket.reopened');
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
    case 'remind':
      return remind(thread, move);
    case 'closeSilent':
      return closeSilent(thread, move);
    case 'triage':
      return triage(thread, move);
  }
}

function open(sources: Sources, story: Story, move: Doing<'open'>): Thread {
  const byClient = move.actor.kind === 'client';
  const thread = newThread(sources, story, move.at, {
    status_key: byClient ? 'new' : 'await_client',
    is_client_author: byClient,
    is_client_read: byClient,
    is_staff_read: !byClient,
    has_reply: !byClient,
  });
  const { id } = write(thread, move);
  record(thread, move, 'ticket.opened', { comment_id: id });
  return thread;
}

function comment(thread: Thread, move: Doing<'comment' | 'reopen'>, event: TicketEventType) {
  const unended = { is_resolved: false, is_closed: false, closed_at: null, close_reason: null, vote: null };
  Object.assign(thread.ticket, { status_key: 'in_progress', is_staff_read: false, ...unended });
  touch(thread.ticket, move.at);
  record(thread, move, event, { comment_id: write(thread, move).id });
}

function answer(thread: Thread, move: Doing<'answer'>) {
  const { ticket } = thread;
  const { status_key } = move;
  const isResolved = status_key === 'resolved';
  Object.assign(ticket, { status_key, is_resolved: isResolved, has_reply: true });
  Object.assign(ticket, { is_client_read: false, is_staff_read: true, waiting_since: null });
  if (ticket.is_client_author) ticket.first_response_at ??= iso(move.at);
  if (!isResolved) ticket.vote = null;
  touch(ticket, move.at);
  look(thread, move.actor);
  record(thread, move, 'ticket.commented', { comment_id: write(thread, move).id, data: { status_key } });
  if (isResolved) record(thread, move, 'ticket.resolved');
}

function note(thread: Thread, move: Doing<'note'>) {
  const { mentions = [] } = move;
  look(thread, move.actor);
  const note = Object.assign(write(thread, move, true), { mentions });
  for (const staff_id of mentions) mention(thread, staff_id);
  record(thread, move, 'ticket.noted', {
    comment_id: note.id,
    data: mentions.length > 0 ? { mentions } : null,
  });
}

function read(thread: Thread, move: Doing<'read'>) {
  if (thread.ticket.is_client_read) return;
  for (const one of [thread.ticket, ...thread.comments]) one.is_client_read = true;
  record(thread, move, 'ticket.read');
}

function resolve(thread: Thread, move: Doing<'resolve'>) {
  Object.assign(thread.ticket, { status_key: 'resolved', is_resolved: true });
  touch(thread.ticket, move.at);
  record(thread, move, 'ticket.resolved');
}

function close(thread: Thread, move: Doing<'close'>) {
  end(thread, move.at, { is_resolved: true });
  record(thread, move, 'ticket.closed');
  const { score, comment } = move;
  if (score !== undefined) vote(thread, { ...move, does: 'vote', score });
  else if (comment !== undefined) keepVote(thread, move);
}

function closeAsStaff(thread: Thread, move: Doing<'closeAsStaff'>) {
  end(thread, move.at, { close_reason: move.reason });
  record(thread, move, 'ticket.closed', { data: { reason: move.reason } });
}

function remind(thread: Thread, move: Doing<'remind'>) {
  const { ticket, history } = thread;
  const inactive_since = ticket.inactive_since;
  ticket.is_client_read = false;
  touch(ticket, move.at);
  ticket.inactive_since = inactive_since;
  record(thread, move, 'ticket.reminded', { comment_id: write(thread, move).id });
  const place = { account_id: ticket.account_id, ticket_number: ticket.number };
  history.reminders.push({ ...place, inactive_since, reminded_at: iso(move.at) });
}

function closeSilent(thread: Thread, move: Doing<'closeSilent'>) {
  end(thread, move.at, { close_reason: 'auto' });
  record(thread, move, 'ticket.closed', { data: { reason: 'auto' } });
}

function end({ ticket }: Thread, at: number, how: { is_resolved?: boolean; close_reason?: string }) {
  Object.assign(ticket, { is_closed: true, status_key: 'closed', closed_at: iso(at), ...how });
  touch(ticket, at);
}

function vote(thread: Thread, move: Doing<'vote'>) {
  thread.ticket.vote = keepVote(thread, move);
  touch(thread.ticket, move.at);
  record(thread, move, 'ticket.voted', { data: { score: move.score } });
}

function voteOnAnswer(thread: Thread, move: Doing<'voteOnAnswer'>) {
  const voted = thread.comments.findLast((one) => !one.is_client_author && !one.is_internal);
  if (!voted) throw new Error('There is no answer to vote on.');
  voted.vote = keepVote(thread, move, voted.id);
  touch(thread.ticket, move.at);
  record(thread, move, 'comment.voted', { comment_id: voted.id, data: { score: move.score } });
}

/** What staff alone see is one event, what the client sees another. */
function triage(thread: Thread, move: Doing<'triage'>) {
  const { type, ...decided } = move.change;
  record(thread, move, 'ticket.triaged', { data: change(thread, decided) });
  thread.ticket.staff_version++;
  if (type === undefined) return;
  record(thread, move, 'ticket.changed', { data: change(thread, { type }) });
  touch(thread.ticket, move.at);
}

/** The fields before and after. */
function change({ ticket }: Thread, after: Partial<Ticket>) {
  const names = Object.keys(after) as Array<keyof Ticket>; // of that very object
  const before = Object.fromEntries(names.map((name) => [name, ticket[name]]));
  Object.assign(ticket, after);
  return { before, after };
}

function split(source: Thread, move: Doing<'split'>): Thread {
  const { at, into } = move;
  const chosen = source.comments.filter((_, index) => move.comments.includes(index));
  const answer = chosen.find((one) => !one.is_client_author);
  const waiting = chosen[chosen.findLastIndex((one) => !one.is_client_author) + 1];
  const isClientAuthor = chosen[0]?.is_client_author ?? false;
  const target = newThread(source, into, at, {
    status_key: waiting ? 'in_progress' : 'await_client',
    is_client_author: isClientAuthor,
    is_client_read: chosen.every((one) => one.is_client_read),
    is_staff_read: source.ticket.is_staff_read,
    has_reply: answer !== undefined,
  });
  const { number, type, priority, tags, assignee_id } = source.ticket;
  Object.assign(target.ticket, {
    ...{ type, priority, tags, assignee_id },
    splitted_from_ticket_number: number,
    waiting_since: waiting?.sent_at ?? null,
    first_response_at: (isClientAuthor && answer?.sent_at) || null,
  });
  for (const one of chosen) {
    copy(target, one);
    Object.assign(one, { splitted_at: iso(at), splitted_to_ticket_number: target.ticket.number });
  }
  touch(source.ticket, at);
  const comment_ids = chosen.map(({ id }) => id);
  record(source, move, 'ticket.split', { data: { to: target.ticket.number, comment_ids } });
  record(target, move, 'ticket.opened', { data: { from: number } });
  return target;
}
