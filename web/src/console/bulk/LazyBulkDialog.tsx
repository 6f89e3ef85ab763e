import { lazy, Suspense } from 'react';
import { importPart } from '#shared/import-part.ts';
import { closeBulkDialog, useBulkDialog } from './dialogs.ts';

const ReplyDialog = lazy(() => importPart(() => import('./ReplyDialog.tsx')));
const RefusedDialog = lazy(() => importPart(() => import('./RefusedDialog.tsx')));

/** The dialogs of actions on many tickets; their code is loaded with them. */
export function LazyBulkDialog() {
  const dialog = useBulkDialog();
  return (
    <Suspense>
      {dialog?.kind === 'reply' && <ReplyDialog {...dialog} onClose={closeBulkDialog} />}
      {dialog?.kind === 'refused' && <RefusedDialog {...dialog} onClose={closeBulkDialog} />}
    </Suspense>
  );
}
