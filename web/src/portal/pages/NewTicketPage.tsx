import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ApiError } from '#api/errors.ts';
import type { Draft } from '#shared/drafts.ts';
import { AttachButton, AttachHint } from '#shared/files/AttachButton.tsx';
import { DropZone } from '#shared/files/DropZone.tsx';
import { UploadList } from '#shared/files/UploadList.tsx';
import { wordsOf } from '#shared/refusals/words.ts';
import button from '#shared/ui/Button.module.css';
import { Button } from '#shared/ui/Button.tsx';
import { useOnline } from '#shared/useOnline.ts';
import { useHasEnded } from '../ended.ts';
import { BodyField } from '../new-ticket/BodyField.tsx';
import { CopiesField } from '../new-ticket/CopiesField.tsx';
import { LIMITS } from '../new-ticket/errors.ts';
import { Field } from '../new-ticket/Field.tsx';
import { Incidents } from '../new-ticket/Incidents.tsx';
import { TopicTiles } from '../new-ticket/TopicTiles.tsx';
import { type NewTicketForm, useNewTicket } from '../new-ticket/useNewTicket.ts';
import { BackLink } from './BackLink.tsx';
import styles from './NewTicketPage.module.css';

export function NewTicketPage() {
  const page = useRef<HTMLFormElement>(null);
  const form = useNewTicket(page);
  const { draft, attachments, errors, isSending } = form;
  const hasEnded = useHasEnded();
  const wait = useCountdown(form.failure?.status === 429 ? form.failure : null);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!hasEnded) form.submit();
  }

  return (
    <form
      ref={page}
      noValidate
      className={styles.page}
      aria-label={t`New ticket`}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        if (wait === 0 && !hasEnded) form.submit();
      }}
    >
      <header className={styles.header}>
        <BackLink />
        <h2>
          <Trans>New ticket</Trans>
        </h2>
        <DiscardButton form={form} />
      </header>
      <DropZone attachments={hasEnded ? null : attachments} className={styles.zone}>
        <div className={styles.fields}>
          <Incidents topic={form.topic_key} />
          <TopicTiles chosen={form.topic_key} error={errors.topic_key} onChoose={form.setTopic} />
          <Field
            name="summary"
            label={t`Summary`}
            error={errors.summary}
            counter={{ length: form.summary.length, ...LIMITS.summary }}
          >
            {(described) => (
              <input
                {...described}
                type="text"
                autoComplete="off"
                value={form.summary}
                onChange={(event) => form.setSummary(event.currentTarget.value)}
              />
            )}
          </Field>
          <BodyField form={form} />
          <div className={styles.files} data-field="files">
            <h3>
              <Trans>Files</Trans>
            </h3>
            <div className={styles.attach}>
              <AttachButton attachments={attachments} size="large" disabled={hasEnded} />
              <AttachHint attachments={attachments} />
            </div>
            <UploadList attachments={attachments} />
            {errors.files && (
              <p className={styles.error} role="alert">
                {errors.files}
              </p>
            )}
          </div>
          <CopiesField form={form} />
        </div>
      </DropZone>
      <footer className={styles.footer}>
        <Trouble form={form} />
        <p className={styles.saved}>{draft.savedAt && <Trans>Draft saved</Trans>}</p>
        <Link href="/" className={[button.button, button.ghost, button.large].join(' ')}>
          <Trans>Cancel</Trans>
        </Link>
        <Button
          type="submit"
          look="primary"
          size="large"
          className={styles.create}
          aria-disabled={isSending || wait > 0 || hasEnded}
        >
          {wait > 0 ? t`Wait ${wait} s` : isSending ? t`Creating…` : t`Create ticket`}
        </Button>
      </footer>
    </form>
  );
}

/** Why it was not sent. Nothing is lost by it. */
function Trouble({ form: { failure, errors, draft, isSending, isWaiting } }: { form: NewTicketForm }) {
  const isOnline = useOnline();
  const hasEnded = useHasEnded();
  const isAtField = Object.values(errors).some(Boolean);
  if (!draft.isKept)
    return (
      <p className={styles.trouble} role="alert">
        <Trans>This browser keeps no drafts: what you write is lost when you leave the page.</Trans>
      </p>
    );
  if (hasEnded)
    return (
      <p className={styles.trouble} role="alert">
        <Trans>Create the ticket when you open support again: what you write is kept here.</Trans>
      </p>
    );
  if (!isOnline)
    return (
      <p className={styles.trouble} role="alert">
        <Trans>You are offline. Everything is kept here: create the ticket when you are back.</Trans>
      </p>
    );
  if (isWaiting) return <p className={styles.saved}>{t`The files are still on their way…`}</p>;
  if (!failure || isSending || isAtField || failure.status === 401) return null;
  return (
    <p className={styles.trouble} role="alert">
      {failure.isTemporary ? (
        <Trans>The ticket was not created. Everything is kept here: try again.</Trans>
      ) : (
        <>
          <Trans>The ticket was not created:</Trans> {wordsOf(failure)}
        </>
      )}
    </p>
  );
}

/** Empties the form, and gives it back on request. */
function DiscardButton({ form: { draft } }: { form: NewTicketForm }) {
  const [removed, setRemoved] = useState<Draft | null>(null);
  const isEmpty = draft.savedAt === null;
  if (removed && isEmpty)
    return (
      <Button
        size="large"
        onClick={() => {
          draft.restore(removed);
          setRemoved(null);
        }}
      >
        <Trans>Undo</Trans>
      </Button>
    );
  if (isEmpty) return null;
  return (
    <Button size="large" look="ghost" onClick={() => setRemoved(draft.clear())}>
      <Trans>Discard</Trans>
    </Button>
  );
}

/** Seconds until the server takes the next request. */
function useCountdown(error: ApiError | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!error) return setLeft(0);
    const until = Date.now() + (error.retryAfter ?? 5) * 1000;
    const look = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
