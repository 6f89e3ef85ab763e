import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { Caps } from '../keys/Caps.tsx';
import { type KeyId, keys } from '../keys/keys.ts';
import { useBoundKey } from '../keys/names.ts';
import { useNamedList } from '../list/useNamedList.ts';
import styles from './NoTicketPage.module.css';

const hints: KeyId[] = ['next', 'previous', 'palette', 'help'];

/** Beside a list, until a ticket is opened: how to go on by keys. */
export function NoTicketPage() {
  const { list } = useParams({ from: '/$list' });
  const isEmpty = useNamedList(list).count === 0;
  if (isEmpty) return <div id="conversation" className={styles.page} />;
  return (
    <div id="conversation" className={styles.page}>
      <h2>
        <Trans>Pick a ticket</Trans>
      </h2>
      <dl>
        {hints.map((id) => (
          <Hint key={id} id={id} />
        ))}
      </dl>
    </div>
  );
}

function Hint({ id }: { id: KeyId }) {
  const { i18n } = useLingui();
  const key = useBoundKey(id);
  if (!key) return null;
  return (
    <div>
      <dt>{i18n._(keys[id].words)}</dt>
      <dd>
        <Caps keys={key} />
      </dd>
    </div>
  );
}
