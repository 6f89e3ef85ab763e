import { plural } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { DelayedReply } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { runKey } from '../keys/registry.ts';
import { useMe } from '../me.ts';
import { tryToUndo } from '../undo-reply.ts';
import styles from './Message.module.css';

/** A reply that the server sends in a few seconds; until then its author can take it back. */
export function DelayedState({ reply }: { reply: DelayedReply }) {
  const isOwn = useMe().staff_id === reply.staff_id;
  const seconds = useSecondsLeft(reply);
  async function undo() {
    await tryToUndo(reply);
    runKey(reply.is_internal ? 'note' : 'reply', new KeyboardEvent('keydown')); // what the key does: the text gets the focus
  }
  return (
    <span className={styles.state}>
      <span className="numbers">
        {seconds > 0 ? (
          plural(seconds, { one: 'sending in # second…', other: 'sending in # seconds…' })
        ) : (
          <Trans>sending…</Trans>
        )}
      </span>
      {isOwn && (
        <Button size="small" onClick={() => void undo()}>
          <Trans>Undo</Trans>
        </Button>
      )}
    </span>
  );
}

/** The clocks of the server and of this device may differ: no more than the whole delay is left. */
function useSecondsLeft({ created_at, send_at }: DelayedReply): number {
  const [now, setNow] = useState(Date.now);
  const end = Date.parse(send_at);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= end) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [end]);
  const left = Math.min(end - now, end - Date.parse(created_at));
  return Math.max(0, Math.ceil(left / 1000));
}
