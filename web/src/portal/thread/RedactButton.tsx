import { Trans } from '@lingui/react/macro';
import { lazy, Suspense, useState } from 'react';
import type { Comment } from '#api/generated/types.gen.ts';
import { importPart } from '#shared/import-part.ts';
import { useHasEnded } from '../ended.ts';
import styles from './Message.module.css';

const RedactDialog = lazy(() =>
  importPart(() => import('./dialogs.ts')).then(({ RedactDialog }) => ({ default: RedactDialog })),
);

/** Removes an own message for good, after a question. */
export function RedactButton({ number, comment }: { number: number; comment: Comment }) {
  const [isAsking, setAsking] = useState(false);
  const hasEnded = useHasEnded();
  return (
    <>
      <button type="button" className={styles.redact} disabled={hasEnded} onClick={() => setAsking(true)}>
        <span>
          <Trans>Remove</Trans>
        </span>
      </button>
      {isAsking && (
        <Suspense fallback={null}>
          <RedactDialog number={number} comment={comment} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
