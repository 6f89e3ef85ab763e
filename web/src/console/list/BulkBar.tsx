import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Check, MoreHorizontal, UserRound, X } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { Button, IconButton } from '#shared/ui/Button.tsx';
import { resolve } from '../actions/resolve.ts';
import { runAction, type TicketAction } from '../actions/run.ts';
import { useKeyTitle } from '../keys/names.ts';
import { Menu } from '../ui/Menu.tsx';
import { Actions } from './Actions.tsx';
import { AssigneeItems } from './ActionValues.tsx';
import styles from './BulkBar.module.css';
import { focusList } from './focus-after.ts';
import { clearSelection, MAX_SELECTED, selectAll, useSelection } from './selection.ts';

/** Stands in place of the list’s header while rows are selected. */
export function BulkBar({ rows }: { rows: QueueTicket[] }) {
  const selection = useSelection();
  const tickets = rows.filter(({ number }) => selection.has(number));
  const run = (action: TicketAction) => void runAction([...selection], action);
  const isAll = selection.size >= Math.min(rows.length, MAX_SELECTED);
  const count = selection.size;
  const clearTitle = useKeyTitle(t`Clear the selection`, 'back');
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    // It goes with the selection, after an action, too.
    () => () => void (bar.current?.contains(document.activeElement) && setTimeout(focusList)),
    [],
  );
  return (
    <div ref={bar} className={styles.bar} role="toolbar" aria-label={t`Selected tickets`}>
      <label className={styles.all}>
        <input
          type="checkbox"
          checked={isAll}
          ref={(element) => {
            if (element) element.indeterminate = !isAll;
          }}
          aria-label={t`Select all`}
          onChange={() => (isAll ? clearSelection() : selectAll())}
        />
      </label>
      <b role="status">
        <Trans>{count} selected</Trans>
      </b>
      <Button size="small" icon={<Check size={14} aria-hidden />} onClick={() => run(resolve())}>
        <Trans>Resolve</Trans>
      </Button>
      <Menu
        trigger={
          <IconButton
            size="small"
            look="plain"
            label={t`Assign`}
            icon={<UserRound size={15} aria-hidden />}
          />
        }
      >
        <AssigneeItems tickets={tickets} run={run} />
      </Menu>
      <Menu
        align="end"
        trigger={
          <IconButton
            size="small"
            look="plain"
            label={t`More actions`}
            icon={<MoreHorizontal size={15} aria-hidden />}
          />
        }
      >
        <Actions tickets={tickets} isShort />
      </Menu>
      <IconButton
        size="small"
        label={t`Clear the selection`}
        title={clearTitle}
        icon={<X size={15} aria-hidden />}
        onClick={clearSelection}
      />
    </div>
  );
}
