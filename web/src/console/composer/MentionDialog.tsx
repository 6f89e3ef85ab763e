import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '#shared/ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import type { ComposerState, Question } from './useComposer.ts';

/** Before a reply that calls team members by their names: it was probably meant as a note. */
export function MentionDialog({ question, composer }: { question: Question; composer: ComposerState }) {
  const { closeQuestion, moveToNote, submit, ticket } = composer;
  const names = question.names.join(', ');
  return (
    <Dialog
      title={t`Mention team members in a public reply?`}
      onClose={closeQuestion}
      footer={
        <>
          <Button onClick={() => void submit(question.way, true)}>
            <Trans>Send to the client</Trans>
          </Button>
          <Button look="note" disabled={!ticket.can.note} onClick={moveToNote}>
            <Trans>Make it an internal note</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>The client will see that you mention {names}.</Trans>
      </p>
    </Dialog>
  );
}
