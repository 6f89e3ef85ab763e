/** What both faces say for the codes of the server (docs/api.md, "Errors"). Each face adds its own. */
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export type RefusalWords = Readonly<Record<string, MessageDescriptor>>;

export const commonWords: RefusalWords = {
  network: msg`There is no connection to the server.`, // our own: there was no response
  unauthorized: msg`The session has ended.`,
  forbidden: msg`This is not allowed for you.`,

  invalid_request: msg`Something that was entered is not accepted: check it, please.`,
  unknown_topic: msg`This topic is not there any more: choose another one.`,
  unknown_file: msg`A file is not there any more: remove it and attach it again.`,
  too_large: msg`It is too large.`,
  empty_file: msg`The file is empty.`,
  file_type_not_allowed: msg`Files of this type cannot be sent.`,
  file_type_mismatch: msg`The content of the file does not match its name.`,

  ticket_not_found: msg`This ticket is not yours or does not exist.`,
  comment_not_found: msg`This message is not there any more.`,
  file_not_found: msg`This file is not there any more.`,
  vote_not_found: msg`This rating is not there any more.`,

  ticket_closed: msg`The ticket is closed: reopen it first.`,
  ticket_not_closed: msg`The ticket is open again: write a message instead.`,
  ticket_resolved: msg`The ticket is already solved.`,
  ticket_full: msg`The ticket is full: open a new one.`,
  ticket_merged: msg`The ticket was merged into another one: continue there.`,
  changed_meanwhile: msg`Somebody has written meanwhile.`,
  vote_not_allowed: msg`This cannot be rated, or not yet.`,
  comment_moved: msg`The message is just being moved: try again in a moment.`,
  not_the_author: msg`Only the author and admins can remove this.`,
  already_redacted: msg`This is already removed.`,
  too_late_to_redact: msg`A message can be removed for 15 minutes only. Ask support to remove it.`,

  request_timeout: msg`It took too long to arrive: try again, please.`,
  request_in_progress: msg`It is still being done: wait a moment.`,
  idempotency_key_reused: msg`It has changed since the last try: try again, please.`,
  too_many_requests: msg`Too many requests: wait a moment.`,
  busy: msg`The server is busy: try again in a moment.`,
  database_unavailable: msg`The server has a problem: try again in a moment.`,
  storage_unavailable: msg`Files cannot be stored at the moment: try again later.`,
  storage_full: msg`There is no more room for files: tell the support of this page.`,
  internal_error: msg`The server has a problem: try again, please.`,
};

/** What is said of a field that is not accepted (400 `invalid_request`), by the last name in its pointer. */
export const fieldWords: RefusalWords = {
  summary: msg`The summary has 1 to 255 characters.`,
  body: msg`A message has 1 to 50,000 characters.`,
  comment_body: msg`A message has 1 to 50,000 characters.`,
  comment: msg`A comment has up to 50,000 characters.`,
  files: msg`A message takes up to 10 files.`,
  client_emails: msg`Copies go to up to 10 valid e-mail addresses.`,
  client_aliased_name: msg`A name has 1 to 255 characters.`,
};
