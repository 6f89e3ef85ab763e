/** What a demo ticket is before it is rows: somebody's doings, each at its time. */
import type { ClientActor, StaffActor, SystemActor } from '#actor.ts';
import type { Attachment } from './attachments.ts';

/** A ticket to be, with all that happens to it; `moves` are in the order of their times. */
export interface Story {
  account_id: number;
  summary: string;
  topic_key: string;
  client_aliased_name: string | null;
  client_emails: string[];
  moves: Move[];
}

/** `at` is in milliseconds since 1970. */
export type Move = { at: number } & (
  | { does: 'open'; actor: ClientActor | StaffActor; body: string; files: Attachment[] }
  | { does: 'comment'; actor: ClientActor; body: string; files: Attachment[] }
  | { does: 'answer'; actor: StaffActor; body: string; files: Attachment[]; status_key: AnswerStatus }
  | { does: 'note'; actor: StaffActor; body: string; mentions?: number[] }
  | { does: 'read'; actor: ClientActor }
  | { does: 'resolve'; actor: StaffActor }
  | { does: 'close'; actor: ClientActor; score?: number; comment?: string }
  | { does: 'closeAsStaff'; actor: StaffActor; reason: string }
  | { does: 'remind'; actor: SystemActor; body: string }
  | { does: 'closeSilent'; actor: SystemActor }
  | { does: 'reopen'; actor: ClientActor; body: string }
  | { does: 'vote'; actor: ClientActor; score: number; comment?: string }
  | { does: 'voteOnAnswer'; actor: ClientActor; score: 1 | -1; comment?: string }
  | { does: 'triage'; actor: StaffActor; change: Triage }
  | { does: 'split'; actor: StaffActor; comments: number[]; into: Story }
);
interface Triage {
  priority: string;
  tags: string[];
  assignee_id?: number;
  type?: string;
}
type AnswerStatus = 'in_progress' | 'await_client' | 'resolved';
export type Doing<Does extends Move['does']> = Extract<Move, { does: Does }>;
