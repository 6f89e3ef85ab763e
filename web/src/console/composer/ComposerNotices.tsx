import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { FilePen, MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import type { Draft } from '#api/generated/types.gen.ts';
import { changeDraft, readDraft } from '#shared/drafts.ts';
import { formatTime } from '#shared/format.ts';
import { Button } from '#shared/ui/Button.tsx';
import { reopen } from '../actions/reopen.ts';
import { draftFromElsewhere, draftName, ignoreDraft } from '../drafts.ts';
import { useKeyTitle } from '../keys/names.ts';
import { useMe } from '../me.ts';
import { sayDone } from '../ui/toasts.ts';
import styles from './ComposerNotices.module.css';
import type { ComposerState } from './useComposer.ts';

/** What the writer should know, above the composer: it never changes what is written. */
export function ComposerNotices({ composer }: { composer: ComposerState }) {
  const { ticket, isAllowed } = composer;
  const { staff_id } = useMe();
  const [, setAnswered] = useState(''); // asks again what is left
  const reopenTitle = useKeyTitle(t`Reopen`, 'reopen');
  const elsewhere = draftFromElsewhere(ticket);
  const others = ticket.drafts.filter((draft) => draft.staff_id !== staff_id && draft.body !== '');

  function use(draft: Draft) {
    const name = draftName(ticket.number, draft.is_internal);
    const replaced = readDraft(name);
    composer.write(draft.is_internal ? 'note' : 'reply');
    changeDraft(name, () => ({ text: draft.body, files: draft.files }));
    ignore(draft);
    if (!replaced?.text) return;
    sayDone(t`The draft is replaced`, { label: t`Undo`, run: () => changeDraft(name, () => replaced) });
  }
  function ignore(draft: Draft) {
    ignoreDraft(ticket.number, draft);
    setAnswered(draft.updated_at);
  }

  /** The button goes with its notice: the focus goes to the text. */
  const answer = (run: () => void) => () => {
    run();
    composer.field.current?.focus();
  };
  return (
    <div className={styles.notices} role="status">
      {others.map(({ staff_id, staff_name, body }) => (
        <p key={staff_id} title={body}>
          <FilePen size={14} aria-hidden />
          <span>
            <Trans>{staff_name} has a draft</Trans>
          </span>
        </p>
      ))}
      {elsewhere && (
        <p>
          <MonitorSmartphone size={14} aria-hidden />
          <span title={elsewhere.body}>
            <Trans>Draft from another device, {formatTime(elsewhere.updated_at)} — use it?</Trans>
          </span>
          <Button size="small" onClick={() => use(elsewhere)}>
            <Trans>Use</Trans>
          </Button>
          <Button size="small" look="ghost" onClick={answer(() => ignore(elsewhere))}>
            <Trans>Ignore</Trans>
          </Button>
        </p>
      )}
      {(!isAllowed || ticket.is_closed) && (
        <p>
          <span>{ticket.is_closed ? t`This ticket is closed.` : t`Nothing can be written here.`}</span>
          {ticket.can.reopen && (
            <Button size="small" title={reopenTitle} onClick={answer(() => void reopen(ticket))}>
              <Trans>Reopen</Trans>
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
