import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './SearchHelp.module.css';

/** The filters that can be typed into a search, as search-text.ts reads them. */
export function SearchHelp({ onClose }: { onClose(): void }) {
  return (
    <Dialog isText title={t`What can be typed`} width={560} onClose={onClose}>
      <p className={styles.text}>
        <Trans>Filters stand between the words, in any order. Commas separate several values.</Trans>
      </p>
      <dl className={styles.filters}>
        {filters().map(({ typed, words }) => (
          <div key={typed}>
            <dt>
              <code>{typed}</code>
            </dt>
            <dd>{withCode(words)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** What is typed as it is stands between backticks. */
const withCode = (words: string) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: they never move
  words.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));

const filters = () => [
  { typed: '"disk is full"', words: t`These words, one after the other` },
  {
    typed: 'is:open',
    words: t`Also \`closed\`, \`resolved\`, \`unread\`, \`read\`, \`overdue\`, \`snoozed\`, \`unassigned\`, \`mine\`, \`mentioned\`, \`draft\``,
  },
  { typed: 'topic:network', words: t`A topic by its key or name, or \`none\`` },
  { typed: 'assignee:me', words: t`A member by name, \`me\`, or \`none\`` },
  { typed: 'client:"polar bear"', words: t`Words of the client’s name` },
  { typed: 'account:17', words: t`The number of a client` },
  { typed: 'score:<7', words: t`The client’s score. Also \`score:7\` and \`score:>=9\`` },
  { typed: 'has:file', words: t`With attachments` },
  { typed: 'no:file', words: t`Without attachments. Also \`no:topic\`, \`no:assignee\`` },
  { typed: 'created:>2026-11-01', words: t`Opened after this day. Also \`updated:\`` },
  { typed: 'status:new', words: t`Also \`in_progress\`, \`await_client\`, \`resolved\`, \`closed\`` },
  { typed: 'priority:high,urgent', words: t`Also \`low\`, \`normal\`` },
  { typed: 'tag:vip', words: t`A tag` },
  { typed: 'waiting:us', words: t`Whom the ticket waits for: \`us\`, or \`client\`` },
];
