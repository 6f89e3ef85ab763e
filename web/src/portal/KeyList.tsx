import { Trans } from '@lingui/react/macro';
import styles from './KeyList.module.css';

/** The single keys, and what they do. */
export const KeyList = () => (
  <dl className={styles.keys}>
    <div>
      <dt>
        <kbd>/</kbd>
      </dt>
      <dd>
        <Trans>Search your tickets</Trans>
      </dd>
    </div>
    <div>
      <dt>
        <kbd>c</kbd>
      </dt>
      <dd>
        <Trans>New ticket</Trans>
      </dd>
    </div>
    <div>
      <dt>
        <kbd>j</kbd>
        <kbd>k</kbd>
      </dt>
      <dd>
        <Trans>Next and previous ticket</Trans>
      </dd>
    </div>
  </dl>
);
