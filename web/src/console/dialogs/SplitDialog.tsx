import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { formatDateTime, formatDayTime } from '#shared/format.ts';
import { Button } from '#shared/ui/Button.tsx';
import { split } from '../actions/split.ts';
import { wordsOf } from '../refusals.ts';
import { Dialog } from '../ui/Dialog.tsx';
import form from '../ui/Form.module.css';
import styles from './Dialogs.module.css';
import { AssigneeField, TopicField } from './fields.tsx';

interface SplitDialogProps {
  ticket: StaffTicketWithComments;
  /** The comment to begin with; those after it are chosen, too. */
  from: number | null;
  onClose(): void;
}

const MAX_SUMMARY = 255;
const MAX_MESSAGE = 50_000;

/** For the client, in the language of the client and not of the page. */
const messages = {
  en: 'We have moved this question to a ticket of its own, so that it is not lost. We will reply to you here.',
  ru: 'Мы вынесли этот вопрос в отдельный тикет, чтобы он не потерялся. Ответим вам здесь.',
} as const;

/** Chooses comments for a new ticket, and shows what each of the two tickets will have. */
export default function SplitDialog({ ticket, from, onClose }: SplitDialogProps) {
  const comments = ticket.comments.filter(({ splitted_at }) => splitted_at === null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(
    () => new Set(from === null ? [] : comments.filter(({ id }) => id >= from).map(({ id }) => id)),
  );
  const [summary, setSummary] = useState('');
  const [topic, setTopic] = useState(ticket.topic_key);
  const [assignee, setAssignee] = useState(ticket.assignee_id);
  const [isTelling, setTelling] = useState(false);
  const [message, setMessage] = useState<string>(() => messages[ticket.account.locale]);
  const [error, setError] = useState('');
  const [isSending, setSending] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const stay = comments.length - chosen.size;
  const isReady =
    chosen.size > 0 &&
    stay > 0 &&
    summary.trim() !== '' &&
    !(isTelling && message.trim() === '') &&
    !isSending;

  function toggle(id: number) {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady) return;
    setSending(true);
    try {
      const ids = comments.map(({ id }) => id).filter((id) => chosen.has(id));
      const body = {
        comment_ids: ids,
        summary: summary.trim(),
        ...(topic !== ticket.topic_key && { topic_key: topic }),
        ...(assignee !== ticket.assignee_id && { assignee_id: assignee }),
      };
      await split(ticket.number, body, isTelling ? message.trim() : '', key);
      onClose();
    } catch (failed) {
      setError(wordsOf(failed));
      setSending(false);
    }
  }

  return (
    <Dialog
      title={t`Split #${ticket.number}`}
      width={820}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="primary" type="submit" form="split-ticket" disabled={!isReady}>
            <Trans>Split</Trans>
          </Button>
        </>
      }
    >
      <form id="split-ticket" className={styles.columns} onSubmit={submit}>
        <fieldset className={styles.comments}>
          <legend>
            <Trans>What moves to the new ticket</Trans>
          </legend>
          {comments.map(({ id, author_name, sent_at, body, is_internal }) => (
            <label key={id}>
              <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
              <span>
                <b>{author_name ?? t`Support`}</b>{' '}
                <small title={formatDateTime(sent_at)}>
                  {is_internal && `${t`Internal note`} · `}
                  {formatDayTime(sent_at)}
                </small>
                <span className={styles.body}>{body.slice(0, 200)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className={form.form}>
          <label>
            <Trans>Summary of the new ticket</Trans>
            <input
              value={summary}
              maxLength={MAX_SUMMARY}
              autoFocus={from !== null}
              onChange={(event) => setSummary(event.currentTarget.value)}
            />
          </label>
          <TopicField value={topic} onChange={setTopic} />
          <AssigneeField value={assignee} onChange={setAssignee} />
          <label className={form.check}>
            <input
              type="checkbox"
              checked={isTelling}
              onChange={(event) => setTelling(event.currentTarget.checked)}
            />
            <Trans>Also send the client a message</Trans>
          </label>
          {isTelling && (
            <textarea
              aria-label={t`What the client will read in the new ticket`}
              rows={3}
              maxLength={MAX_MESSAGE}
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
            />
          )}
          <div className={styles.result} role="status">
            <b>{summary.trim() || t`New ticket`}</b>
            <p>{plural(chosen.size, { one: '# message', other: '# messages' })}</p>
            <b>
              #{ticket.number} {ticket.summary}
            </b>
            <p>
              {plural(stay, {
                one: '# message stays, and a line with a link to the new ticket',
                other: '# messages stay, and a line with a link to the new ticket',
              })}
            </p>
          </div>
          {stay === 0 && (
            <p role="alert">
              <Trans>At least one message has to stay.</Trans>
            </p>
          )}
          {error && <p role="alert">{error}</p>}
          <p className={styles.hint}>
            <Trans>The client sees the link in both tickets.</Trans>
          </p>
        </div>
      </form>
    </Dialog>
  );
}
