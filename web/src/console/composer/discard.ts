import { t } from '@lingui/core/macro';
import { changeDraft } from '#shared/drafts.ts';
import { syncDraft } from '../drafts.ts';
import { sayDone } from '../ui/toasts.ts';
import type { ComposerState } from './useComposer.ts';

/** Removes the draft, here and on the server, with its files; the undo brings all back. */
export function discardWithUndo({ ticket, isNote, name, draft, attachments, field }: ComposerState) {
  for (const { id } of attachments.uploads) attachments.cancel(id);
  const { text, files } = draft.clear();
  syncDraft(ticket.number, isNote, 0);
  field.current?.focus();
  if (text === '' && files.length === 0) return;
  sayDone(t`The draft is discarded`, {
    label: t`Undo`,
    run() {
      changeDraft(name, (typed) => ({
        text: [text, typed.text].filter(Boolean).join('\n\n'),
        files: [...files, ...typed.files],
      }));
      syncDraft(ticket.number, isNote);
    },
  });
}
