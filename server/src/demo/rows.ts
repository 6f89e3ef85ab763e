/** The rows that verbs write, made in memory: a ticket, its comments with their files, votes and events. */
import { createHash, randomUUID } from 'node:crypto';
import { type Actor, byline, type StaffActor } from '#actor.ts';
import { kinds } from '#desk/files/extensions.ts';
import { authorName } from '#desk/tickets/author-name.ts';
import { isClientVisible, type TicketEventType } from '#platform/events/types.ts';
import type { Attachment } from './attachments.ts';
import type { Story } from './story.ts';
import type { Birth, Comment, File, Sources, Thread, Ticket, Vote } from './tables.ts';

/** Who does something, and when; in milliseconds since 1970. */
interface Deed {
  actor: Actor;
  at: number;
}

export const iso = (at: number) => new Date(at).toISOString();

export function newThread({ history, ids }: Sources, story: Story, at: number, birth: Birth): Thread {
  const { moves, ...properties } = story;
  const ticket = {
    ...properties,
    ...birth,
    number: next(ids.numbers),
    type: null,
    is_closed: false,
    is_resolved: false,
    splitted_from_ticket_number: null,
    close_reason: null,
    vote: null,
    priority: 'normal',
    tags: [],
    assignee_id: null,
    waiting_since: isWaiting(birth) ? iso(at) : null,
    first_response_at: null,
    resolved_at: null,
    first_response_due_at: null,
    resolution_due_at: null,
    version: 1,
    staff_version: 1,
    created_at: iso(at),
    updated_at: iso(at),
    inactive_since: iso(at),
    closed_at: null,
  };
  history.tickets.push(ticket);
  return { history, ids, ticket, comments: [] };
}

const isWaiting = ({ status_key }: Birth) => status_key === 'new' || status_key === 'in_progress';

/** The ticket has changed for its client, perhaps its state. */
export function touch(ticket: Ticket, at: number) {
  ticket.waiting_since = isWaiting(ticket) ? (ticket.waiting_since ?? iso(at)) : null;
  ticket.resolved_at = ticket.is_resolved ? (ticket.resolved_at ?? iso(at)) : null;
  ticket.updated_at = iso(at);
  ticket.inactive_since = iso(at);
  ticket.version++;
}

/** Adds a comment to a ticket that has moved already. */
export function write(
  thread: Thread,
  { actor, at, body, files = [] }: Deed & { body: string; files?: Attachment[] },
  is_internal = false,
): Comment {
  const { ids, ticket } = thread;
  const comment: Comment = {
    account_id: ticket.account_id,
    id: next(ids.comments),
    ticket_number: ticket.number,
    body: body.replaceAll('{split}', String(splitFrom(thread))),
    files: [],
    is_internal,
    is_client_author: actor.kind === 'client',
    is_client_read: actor.kind === 'client' || is_internal,
    author_name: authorName(actor, ticket.client_aliased_name),
    ticket_version: ticket.version,
    ...byline(actor),
    sent_at: iso(at),
    splitted_at: null,
    splitted_to_ticket_number: null,
    copied_from_id: null,
    mentions: [],
    vote: null,
  };
  const sent = files.map((file, position) => newFile(thread, comment, file, position + 1));
  add(thread, comment, sent);
  return comment;
}

/** The copy that a split makes: its files are rows of their own over the same bytes. */
export function copy(thread: Thread, original: Comment) {
  const { history, ids, ticket } = thread;
  const comment = {
    ...original,
    id: next(ids.comments),
    ticket_number: ticket.number,
    ticket_version: 1,
    copied_from_id: original.id,
  };
  const files = history.files
    .filter(({ comment_id }) => comment_id === original.id)
    .map((file) => ({ ...file, uuid: randomUUID(), ticket_number: ticket.number, comment_id: comment.id }));
  add(thread, comment, files);
}

export function keepVote(
  { history, ticket }: Thread,
  { actor, at, score, comment }: Deed & { score?: number; comment?: string },
  comment_id: number | null = null,
): Vote {
  const { account_id, number } = ticket;
  const vote = { score: score ?? null, comment: comment ?? null, created_at: iso(at) };
  const { token_id } = byline(actor);
  history.votes.push({ account_id, ticket_number: number, comment_id, token_id, ...vote });
  return vote;
}

export function mention({ history, ticket }: Thread, staff_id: number) {
  history.mentions.push({ account_id: ticket.account_id, ticket_number: ticket.number, staff_id });
}

/** Whoever writes has looked. */
export function look({ history, ticket }: Thread, { staffId }: StaffActor) {
  history.mentions = history.mentions.filter(
    ({ ticket_number, staff_id }) => ticket_number !== ticket.number || staff_id !== staffId,
  );
}

export function record(
  { history, ticket }: Pick<Thread, 'history' | 'ticket'>,
  { actor, at }: Deed,
  type: TicketEventType,
  { comment_id = null, data = null }: { comment_id?: number | null; data?: object | null } = {},
) {
  history.events.push({
    account_id: ticket.account_id,
    type,
    is_client_visible: isClientVisible(type),
    ticket_number: ticket.number,
    comment_id,
    actor_kind: actor.kind,
    ...byline(actor),
    data,
    created_at: iso(at),
  });
}

function next(ids: Iterator<number>): number {
  const { value, done } = ids.next();
  if (done) throw new Error('More tickets or comments came about than were counted.');
  return value;
}

const splitFrom = ({ comments }: Thread) =>
  comments.find((one) => one.splitted_to_ticket_number !== null)?.splitted_to_ticket_number;

function add({ history, comments }: Thread, comment: Comment, files: File[]) {
  comment.files = files.map(({ uuid, name, size, extension, content_type, created_at }) => {
    return { uuid, name, size, extension, content_type, created_at };
  });
  history.files.push(...files);
  history.comments.push(comment);
  comments.push(comment);
}

const UPLOAD_MS = 40_000; // files are uploaded shortly before the comment that takes them

function newFile(
  { history }: Thread,
  comment: Comment,
  { name, content }: Attachment,
  position: number,
): File {
  const blob = randomUUID();
  history.blobs.set(blob, content);
  const extension = name.split('.').at(-1) ?? '';
  return {
    account_id: comment.account_id,
    uuid: randomUUID(),
    blob,
    name,
    size: content.length,
    extension,
    content_type: kinds.get(extension)?.contentType ?? 'application/octet-stream',
    sha256: `\\x${createHash('sha256').update(content).digest('hex')}`,
    ticket_number: comment.ticket_number,
    comment_id: comment.id,
    position,
    staff_id: comment.staff_id,
    token_id: comment.token_id,
    created_at: iso(Date.parse(comment.sent_at) - UPLOAD_MS),
  };
}
