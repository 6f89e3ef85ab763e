import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { useDraft } from '#shared/drafts.ts';
import { draftName } from '../drafts.ts';
import { useKey } from '../keys/registry.ts';
import { bottomBar } from '../ui/bottom-bar.ts';
import styles from './Composer.module.css';
import skeleton from './LoadingComposer.module.css';
import { SendButton } from './SendButton.tsx';
import { Toolbar } from './Toolbar.tsx';
import { fieldId, leave } from './take-over.ts';
import { MAX_LENGTH } from './useComposer.ts';

/** A reply can be begun while its ticket loads. All else of the composer waits for the ticket. */
export function LoadingComposer({ number, row }: { number: number; row: QueueTicket | undefined }) {
  const draft = useDraft(draftName(number, false));
  const { text, save } = draft;
  const field = useRef<HTMLTextAreaElement>(null);
  const before = useRef(text);
  // At once: the composer reads the draft before this one has gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each key
  useLayoutEffect(save, [text]);
  useLayoutEffect(() => {
    const box = field.current;
    return () => leave(number, before.current, box);
  }, [number]);
  useKey('reply', () => field.current?.focus());

  const client = row && (row.client_aliased_name ?? row.account_name);
  return (
    <div ref={bottomBar} className={styles.place}>
      <div className={`${styles.composer} ${skeleton.composer}`}>
        <div className={styles.modes} inert aria-hidden>
          <button type="button" aria-pressed>
            <Trans>Reply</Trans>
          </button>
          <button type="button">
            <Lock size={13} aria-hidden /> <Trans>Internal note</Trans>
          </button>
          <Toolbar onFormat={nothing} isPreview={false} onPreview={nothing} />
        </div>
        <textarea
          id={fieldId(number)}
          ref={field}
          rows={2}
          maxLength={MAX_LENGTH}
          value={text}
          onChange={(event) => draft.setText(event.currentTarget.value)}
          placeholder={client && t`Reply to ${client}…`}
          aria-label={t`Reply`}
        />
        <div className={styles.foot} inert aria-hidden>
          <SendButton isNote={false} disabled onSend={nothing} />
        </div>
      </div>
    </div>
  );
}

function nothing() {}
