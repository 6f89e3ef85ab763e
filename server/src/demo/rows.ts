/** The rows that verbs write, made in memory: a ticket, its comments with their files, votes and events. */
import { createHash, randomUUID } from 'node:crypto';
import { type Actor, byline } from '../actor.ts';
import { type TicketEventType, ticketEvents } from '../events/events.ts';
import { kinds } from '../files/extensions.ts';
import { authorName } from '../tickets/open.ts';
import type { Attachment } from './attachments.ts';
import type { Story } from './story.ts';

export interface History {
  tickets: Ticket[];
  comments: Comment[];
  files: File[];
  votes: object[];
  events: object[];
  /** The bytes of the files, by the name they are stored under. */
  blobs: Map<string, Buffer>;
}

/** Numbers and ids still to be given. */
interface Ids {
  numbers: Iterator<number>;
  comments: Iterator<number>;
}

/** Where rows go to, and get their ids from. */
export interface Sources {
  history: History;
  ids: Ids;
}

/** A ticket under way. */
export interface Thread extends Sources {
  ticket: Ticket;
  comments: Comment[];
}

interface Ticket extends Omit<Story, 'moves'>, Birth {
  number: number;
  type: string | null;
  is_closed: boolean;
  is_resolved: boolean;
  splitted_from_ticket_number: number | null;
  close_reason: string | null;
  vote: Vote | null;
  waiting_since: string | null;
  first_answered_at: string | null;
  resolved_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  closed_at: string | null;
}

/** What depends on who begins a ticket. */
interface Birth {
  status_key: string;
  is_client_author: boolean;
  is_client_read: boolean;
  is_staff_read: boolean;
  is_answered: boolean;
}

interface Comment {
  account_id: number;
  id: number;
  ticket_number: number;
  body: string;
  files: object[];
  is_internal: boolean;
  is_client_author: boolean;
  is_client_read: boolean;
  author_name: string | null;
  ticket_version: number;
  staff_id: number | null;
  token_id: number | null;
  sent_at: string;
  splitted_at: string | null;
  splitted_to_ticket_number: number | null;
  /** The comment that this is a copy of, in the ticket that it was split from. */
  copied_from_id: number | null;
  vote: Vote | null;
}

interface File {
  account_id: number;
  uuid: string;
  blob: string;
  name: string;
  size: number;
  extension: string;
  content_type: string;
  sha256: string;
  ticket_number: number;
  comment_id: number;
  position: number;
  staff_id: number | null;
  token_id: number | null;
  created_at: string;
}

interface Vote {
  score: number | null;
  comment: string | null;
  created_at: string;
}

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
    waiting_since: isWaiting(birth) ? iso(at) : null,
    first_answered_at: null,
    resolved_at: null,
    version: 1,
    created_at: iso(at),
    updated_at: iso(at),
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

export function record(
  { history, ticket }: Thread,
  { actor, at }: Deed,
  type: TicketEventType,
  { comment_id = null, data = null }: { comment_id?: number | null; data?: object | null } = {},
) {
  history.events.push({
    account_id: ticket.account_id,
    type,
    is_client_visible: ticketEvents[type].visible,
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
