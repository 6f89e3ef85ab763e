import { plural, t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import type { CannedResponse, QueueTicket } from '#api/generated/types.gen.ts';
import type { Language } from '#shared/i18n.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { Button } from '#shared/ui/Button.tsx';
import { replyWith } from '../actions/reply-with.ts';
import { runAction } from '../actions/run.ts';
import styles from '../dialogs/Dialogs.module.css';
import { languageNames } from '../pages/LanguageButtons.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { withNames } from './placeholders.ts';

interface ReplyDialogProps {
  tickets: QueueTicket[];
  response: CannedResponse;
  onClose(): void;
}

/** Before many clients get the same text: how many they are, and what they will read. */
export default function ReplyDialog({ tickets, response, onClose }: ReplyDialogProps) {
  const open = tickets.filter(({ can }) => can.comment);
  const left = tickets.length - open.length;
  const clients = new Set(open.map(({ account_id }) => account_id)).size;
  const { bodies, title } = response;
  // A response has the languages of the console.
  const texts = (Object.entries(bodies) as [Language, string][]).filter(([, text]) => text);

  function send() {
    onClose();
    const numbers = open.map(({ number }) => number);
    void runAction(numbers, replyWith(response, numbers.length));
  }
  return (
    <Dialog
      isText
      title={t`Reply with “${title}”`}
      width={560}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="primary" disabled={open.length === 0} onClick={send}>
            {plural(clients, { one: 'Send to # client', other: 'Send to # clients' })}
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          <b>
            <Plural value={clients} one="# client gets this reply" other="# clients get this reply" />{' '}
            <Plural value={open.length} one="in # ticket" other="in # tickets" />.
          </b>{' '}
          Each one gets it in their language. What is in brackets is filled in.
        </Trans>
      </p>
      {left > 0 && (
        <p>
          {plural(left, {
            one: '# of the tickets is closed and is left out.',
            other: '# of the tickets are closed and are left out.',
          })}
        </p>
      )}
      {texts.map(([language, text]) => (
        <section
          key={language}
          lang={language}
          className={styles.preview}
          aria-label={languageNames[language]}
        >
          <p className={styles.head}>{languageNames[language]}</p>
          <Markdown text={withNames(text, language)} />
        </section>
      ))}
    </Dialog>
  );
}
