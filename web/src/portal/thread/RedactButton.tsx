import { Trans } from '@lingui/react/macro';
import { lazy, Suspense, useState } from 'react';
import type { Comment } from '#api/generated/types.gen.ts';
import { useNow } from '#shared/useNow.ts';
import styles from './Message.module.css';

const RedactDialog = lazy(() =>
  import('./dialogs.ts').then(({ RedactDialog }) => ({ default: RedactDialog })),
);

const MS_TO_REDACT = 15 * 60_000; // the server's rule

/** Removes an own message for good, after a question; for 15 minutes. */
export function RedactButton({ number, comment }: { number: number; comment: Comment }) {
  const [isAsking, setAsking] = useState(false);
  const isLate = useNow() - Date.parse(comment.sent_at) > MS_TO_REDACT;
  if (isLate && !isAsking) return null;
  return (
    <>
      <button type="button" className={styles.redact} onClick={() => setAsking(true)}>
        <Trans>Remove</Trans>
      </button>
      {isAsking && (
        <Suspense fallback={null}>
          <RedactDialog number={number} comment={comment} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
