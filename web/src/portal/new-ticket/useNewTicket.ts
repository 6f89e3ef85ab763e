import { t } from '@lingui/core/macro';
import { useMutation } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { once } from '#api/client.ts';
import { ApiError } from '#api/errors.ts';
import { createTicket } from '#api/generated/sdk.gen.ts';
import type { Ticket } from '#api/generated/types.gen.ts';
import { announce } from '#shared/announce.ts';
import { useDraft } from '#shared/drafts.ts';
import { useAttachments } from '#shared/files/useAttachments.ts';
import { useDraftNews } from '#shared/useDraftNews.ts';
import { putTicket, refreshLists } from '../cache.ts';
import { FILES_URL, useLimits } from '../files/useLimits.ts';
import { showInList } from '../list/view.ts';
import { addEmails, splitEmails } from './emails.ts';
import { errorsOf, FIELDS, type FieldErrors, findErrors, type NewTicket } from './errors.ts';
import { keyFor } from './key.ts';

export const DRAFT = 'new';
const RETRIES = 2;

export type NewTicketForm = ReturnType<typeof useNewTicket>;

/** A ticket that is being written: all of it is in the draft, and stays there until the server has it. */
export function useNewTicket(page: RefObject<HTMLElement | null>) {
  const draft = useDraft(DRAFT);
  useDraftNews(DRAFT);
  const attachments = useAttachments({ name: DRAFT, draft, url: FILES_URL, limits: useLimits() });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [isWaiting, setWaiting] = useState(false); // for files that are on their way
  const isHere = useRef(true);
  const [, navigate] = useLocation();
  const { topic_key = '', summary = '', copies: joined = '', copy = '' } = draft.fields;
  const copies = splitEmails(joined);

  const create = useMutation({
    mutationFn: ({ id, body }: { id: string; body: NewTicket }) => createTicket({ headers: once(id), body }),
    retry: (count, error) =>
      count < RETRIES && error instanceof ApiError && error.isTemporary && error.status !== 429,
    onSuccess: finish,
    onError(error, { body }) {
      const names = draft.files.map(({ name }) => name);
      show(errorsOf(error, body, names));
      // What the server has refused for good is sent anew under another key.
      if (error instanceof ApiError && !error.isTemporary && error.status !== 401)
        draft.setFields({ key: '' });
    },
  });

  function finish(ticket: Ticket) {
    draft.clear();
    putTicket(ticket);
    refreshLists();
    announce(t`Ticket ${inGroups(ticket.number)} created`);
    if (!isHere.current) return;
    showInList({ segment: 'open', typed: '' });
    navigate(`/t/${ticket.number}`);
  }

  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);

  /** Shows errors at their fields, and goes to the first one. */
  function show(found: FieldErrors) {
    setErrors(found);
    const first = FIELDS.find((name) => found[name]);
    requestAnimationFrame(() => {
      const field = page.current?.querySelector(`[data-field="${first}"]`);
      field?.querySelector<HTMLElement>('input:not([hidden]), textarea, button')?.focus();
    });
  }

  function submit() {
    if (create.isPending) return;
    const added = addEmails(copies, copy);
    const body: NewTicket = {
      ...(topic_key && { topic_key }),
      summary: summary.trim(),
      comment_body: draft.text,
      ...(added.emails.length > 0 && { client_emails: added.emails }),
      ...(draft.files.length > 0 && { files: draft.files.map(({ uuid }) => uuid) }),
    };
    const found = findErrors(body, added.rest);
    show(found);
    if (Object.keys(found).length > 0) return setWaiting(false);
    if (attachments.isUploading) return setWaiting(true);
    setWaiting(false);
    const { id, kept } = keyFor(JSON.stringify(body), draft.fields.key);
    draft.setFields({ copies: added.emails.join(' '), copy: '', key: kept });
    create.mutate({ id, body });
  }

  const latestSubmit = useRef(submit);
  latestSubmit.current = submit;
  useEffect(() => {
    if (isWaiting && !attachments.isUploading) latestSubmit.current();
  }, [isWaiting, attachments.isUploading]);

  const mended = (name: keyof FieldErrors) => setErrors((known) => ({ ...known, [name]: undefined }));
  return {
    draft,
    attachments,
    errors,
    failure: create.error instanceof ApiError ? create.error : null,
    isSending: create.isPending || isWaiting,
    isWaiting,
    submit,
    text: draft.text,
    topic_key,
    summary,
    copies,
    copy,
    setText(text: string) {
      draft.setText(text);
      mended('comment_body');
    },
    setSummary(changed: string) {
      draft.setFields({ summary: changed });
      mended('summary');
    },
    setTopic(changed: string) {
      draft.setFields({ topic_key: changed });
      mended('topic_key');
    },
    setCopy(changed: string) {
      draft.setFields({ copy: changed });
      mended('client_emails');
    },
    setCopies(changed: string[]) {
      draft.setFields({ copies: changed.join(' ') });
      mended('client_emails');
    },
    /** Makes chips of the addresses in a text; the rest stays in the field, and is said to be wrong. */
    addCopies(typed: string) {
      const { emails, rest } = addEmails(copies, typed);
      draft.setFields({ copies: emails.join(' '), copy: rest });
      const { client_emails } = findErrors({ summary, comment_body: '', client_emails: emails }, rest);
      setErrors((known) => ({ ...known, client_emails }));
    },
  };
}

/** “104 823”: read aloud as a number. */
const inGroups = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
