/**
 * What the scenarios are written in. `{host}` is a slot, filled from the account's own inventory or drawn once per
 * ticket (slots.ts lists them); `{this|that}` is one of several wordings; `{а}` is the ending of a Russian verb when the
 * speaker is a woman.
 */
import type { AttachmentKind } from './attachments.ts';

export interface Scenario {
  topic: string;
  /** What support files it under, where support does. */
  type?: 'incident' | 'request' | 'question' | 'notice';
  summaries: string[];
  lines: Line[];
  split?: Split;
  /** Support ends it at once, for this reason. */
  closed?: string;
  /** It may come back after it was closed. */
  mayReturn?: true;
  /** Not for a customer who is alone. */
  needsColleague?: true;
}

/** One comment; a note is among staff. `later` is the next day or so. */
export type Line = ({ client: string } | { support: string } | { note: string }) & {
  file?: AttachmentKind;
  later?: true;
};

/** After the last line, support moves some lines to a ticket of their own, says so, and goes on in the other. */
export interface Split {
  lines: number[];
  summary: string;
  /** Said in the first ticket; `{split}` is the number of the second. */
  notice: string;
  there: Line[];
}

/** What people say around the matter itself. */
export interface Phrases {
  /** Openings and closings, by the slots that take them. */
  hello: string[];
  bye: string[];
  greet: string[];
  regards: string[];
  praise: string[];
  complaint: string[];
  feedback: string[];
  liked: string[];
  disliked: string[];
  /** Why a closed ticket is opened again, and what support says to it. */
  reopen: Array<{ client: string; support: string }>;
  /** Why support closes what a client has left: a question without an answer, an answer without a word. */
  unanswered: string[];
  undisputed: string;
  asides: Aside[];
  /** What `{me}` writes who does not know that `{other}` has written already. */
  again: { summary: string; body: string };
  /** An answer that is not finished yet. */
  begun: string;
}

/** A note that asks a `{team member}` to look, and what is answered. */
interface Aside {
  ask: string;
  tell: string;
  /** Where it makes sense; anywhere unless given. */
  topics?: string[];
}
