/** The rows of the demo's months, by the tables that take them. */
import type { Actor } from '#actor.ts';
import type { TicketEventType } from '#platform/events/types.ts';
import type { Story } from './story.ts';

export interface History {
  tickets: Ticket[];
  comments: Comment[];
  files: File[];
  votes: object[];
  /** Who is asked to look and has not looked yet. */
  mentions: Mention[];
  reminders: object[];
  /** What was said of promises. */
  alerts: object[];
  events: Event[];
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

/** A ticket in progress. */
export interface Thread extends Sources {
  ticket: Ticket;
  comments: Comment[];
}

export interface Ticket extends Omit<Story, 'moves'>, Birth {
  number: number;
  type: string | null;
  is_closed: boolean;
  is_resolved: boolean;
  splitted_from_ticket_number: number | null;
  close_reason: string | null;
  vote: Vote | null;
  priority: string;
  tags: string[];
  assignee_id: number | null;
  waiting_since: string | null;
  first_response_at: string | null;
  resolved_at: string | null;
  first_response_due_at: string | null;
  resolution_due_at: string | null;
  version: number;
  staff_version: number;
  created_at: string;
  updated_at: string;
  inactive_since: string;
  closed_at: string | null;
}

/** What depends on who begins a ticket. */
export interface Birth {
  status_key: string;
  is_client_author: boolean;
  is_client_read: boolean;
  is_staff_read: boolean;
  has_reply: boolean;
}

export interface Comment {
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
  mentions: number[];
  vote: Vote | null;
}

export interface File {
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

export interface Vote {
  score: number | null;
  comment: string | null;
  created_at: string;
}

interface Mention {
  account_id: number;
  ticket_number: number;
  staff_id: number;
}

interface Event {
  account_id: number;
  type: TicketEventType;
  is_client_visible: boolean;
  ticket_number: number;
  comment_id: number | null;
  actor_kind: Actor['kind'];
  staff_id: number | null;
  token_id: number | null;
  user_id: string | null;
  data: object | null;
  created_at: string;
}
