/** What is wrong with a new ticket, at the field where it can be mended. */
import { t } from '@lingui/core/macro';
import { ApiError } from '#api/errors.ts';
import { wordsOfField } from '#shared/refusals/words.ts';

export interface NewTicket {
  topic_key?: string;
  summary: string;
  comment_body: string;
  client_emails?: string[];
  files?: string[];
}

export type FieldName = keyof NewTicket;
export type FieldErrors = Partial<Record<FieldName, string>>;

/** In the order of the page: the first wrong one gets the focus. */
export const FIELDS: FieldName[] = ['topic_key', 'summary', 'comment_body', 'files', 'client_emails'];

interface Length {
  from: number;
  max: number;
}

/** `from` is where the counter appears. */
export const LIMITS = {
  summary: { from: 200, max: 255 },
  comment_body: { from: 45_000, max: 50_000 },
} satisfies Record<string, Length>;
export const MAX_COPIES = 10;

/** What is known before it is sent. `rest` is what stands in the field of addresses and is none. */
export function findErrors(
  { summary, comment_body, client_emails = [] }: NewTicket,
  rest: string,
): FieldErrors {
  const errors: FieldErrors = {};
  if (summary === '') errors.summary = t`Say in a few words what it is about`;
  else if (summary.length > LIMITS.summary.max) errors.summary = t`This is too long`;
  if (comment_body.trim() === '') errors.comment_body = t`Tell us what happened`;
  else if (comment_body.length > LIMITS.comment_body.max) errors.comment_body = t`This is too long`;
  if (rest) errors.client_emails = t`This is not an e-mail address: ${rest}`;
  else if (client_emails.length > MAX_COPIES) errors.client_emails = t`No more than ${MAX_COPIES} addresses`;
  return errors;
}

/** What the server has refused; `fileNames` and the addresses are told by their place in the list. */
export function errorsOf(error: unknown, sent: NewTicket, fileNames: string[]): FieldErrors {
  const errors: FieldErrors = {};
  if (!(error instanceof ApiError)) return errors;
  const { code, problem } = error;
  for (const { pointer } of problem?.errors ?? []) {
    const [, first, place] = pointer.split('/');
    const field = FIELDS.find((known) => known === first);
    if (field) errors[field] ??= inWords(field, pointer, Number(place));
  }
  return errors;

  function inWords(field: FieldName, pointer: string, place: number): string {
    const email = sent.client_emails?.[place];
    const file = fileNames[place];
    if (field === 'client_emails' && email) return t`This address is not accepted: ${email}`;
    if (field === 'files' && file) return t`Remove this file and attach it again: ${file}`;
    return wordsOfField(code, pointer);
  }
}
