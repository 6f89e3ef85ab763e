import { lazy, Suspense } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { importPart } from '#shared/import-part.ts';
import { closeDialog, useDialog } from '../thread/dialogs.ts';

const SplitDialog = lazy(() => importPart(() => import('./SplitDialog.tsx')));
const MergeDialog = lazy(() => importPart(() => import('./MergeDialog.tsx')));
const MoveDialog = lazy(() => importPart(() => import('./MoveDialog.tsx')));
const CloseDialog = lazy(() => importPart(() => import('./CloseDialog.tsx')));
const SnoozeDialog = lazy(() => importPart(() => import('./SnoozeDialog.tsx')));
const RedactDialog = lazy(() => importPart(() => import('./RedactDialog.tsx')));

/** The dialog of the ticket that is open; its code is loaded with it. */
export function TicketDialogs({ ticket }: { ticket: StaffTicketWithComments }) {
  return (
    <Suspense fallback={null}>
      <Shown ticket={ticket} />
    </Suspense>
  );
}

function Shown({ ticket }: { ticket: StaffTicketWithComments }) {
  const dialog = useDialog();
  const given = { ticket, onClose: closeDialog };
  switch (dialog?.kind) {
    case 'split':
      return <SplitDialog {...given} from={dialog.from} />;
    case 'merge':
      return <MergeDialog {...given} />;
    case 'move':
      return <MoveDialog {...given} />;
    case 'close':
      return <CloseDialog {...given} />;
    case 'snooze':
      return <SnoozeDialog {...given} />;
    case 'redact': {
      const comment = ticket.comments.find(({ id }) => id === dialog.comment);
      return comment ? <RedactDialog comment={comment} onClose={closeDialog} /> : null;
    }
    default:
      return null;
  }
}
