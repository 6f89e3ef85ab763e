import { t } from '@lingui/core/macro';
import { X } from 'lucide-react';
import { type KeyboardEvent, memo, useDeferredValue, useEffect, useRef } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { IconButton } from '#shared/ui/Button.tsx';
import { Divider } from '../panes/Divider.tsx';
import { ClientFacts } from './ClientFacts.tsx';
import styles from './Details.module.css';
import { EarlierTickets } from './EarlierTickets.tsx';
import { PanelFacts } from './PanelFacts.tsx';
import { closeOverlay, useDetails } from './shown.ts';
import { TicketFacts } from './TicketFacts.tsx';

/** What is known about the client and the ticket: a column, or, where there is no room for it, a panel over the page. */
export const Details = ({ ticket }: { ticket: StaffTicketWithComments }) => (
  <DetailsOf ticket={useDeferredValue(ticket)} /> // after the messages
);

const DetailsOf = memo(({ ticket }: { ticket: StaffTicketWithComments }) => {
  const { isShown, isOverlay } = useDetails();
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isShown && isOverlay) element.current?.focus();
  }, [isShown, isOverlay]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another ticket is read from the top
  useEffect(() => void element.current?.scrollTo(0, 0), [ticket.number]);
  if (!isShown) return null;

  function close() {
    closeOverlay();
    document.querySelector<HTMLElement>('#conversation [data-details]')?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !isOverlay) return;
    event.preventDefault(); // Esc is a key of the list, too
    close();
  }
  return (
    <>
      {!isOverlay && (
        <Divider
          pane="details"
          of={element}
          edge="left"
          label={t`Width of the details`}
          className={styles.divider}
        />
      )}
      <aside
        ref={element}
        className={`${styles.details} ${isOverlay ? styles.overlay : ''}`}
        aria-label={t`Details`}
        tabIndex={isOverlay ? -1 : undefined}
        onKeyDown={onKeyDown}
      >
        {isOverlay && (
          <IconButton
            className={styles.close}
            label={t`Close`}
            icon={<X size={18} aria-hidden />}
            onClick={close}
          />
        )}
        <ClientFacts ticket={ticket} />
        <PanelFacts ticket={ticket} />
        <TicketFacts ticket={ticket} />
        <EarlierTickets tickets={ticket.account.recent_tickets} />
      </aside>
    </>
  );
});
