import { t } from '@lingui/core/macro';
import styles from './SearchHeader.module.css';
import { misreadIn } from './search-text.ts';

/** Says of a filter that was not understood why it is searched as words. */
export function Misread({ words }: { words: string }) {
  const [first] = misreadIn(words);
  return (
    <p className={styles.misread} role="status" hidden={!first}>
      {first && t`“${first.part}” is searched as words.`} {first && expected(first.name)}
    </p>
  );
}

function expected(name: string): string {
  switch (name) {
    case 'topic':
      return t`There is no such topic.`;
    case 'assignee':
      return t`No member has this name.`;
    case 'score':
      return t`A score is 1 to 10: score:7 or score:<7.`;
    case 'has':
      return t`It can be has:file.`;
    case 'no':
      return t`It can be no:file, no:topic or no:assignee.`;
    case 'account':
      return t`It takes the number of a client.`;
    case 'created':
    case 'updated':
    case 'before':
    case 'after':
    case 'updated-before':
    case 'updated-after':
      return t`A day is written as 2026-11-01.`;
    default:
      return t`This filter has no such value.`;
  }
}
