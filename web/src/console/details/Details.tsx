import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { Time } from '#shared/ui/Time.tsx';
import styles from './Details.module.css';

/** What is known about the client and the ticket. */
export function Details({ ticket }: { ticket: StaffTicketWithComments }) {
  const { account } = ticket;
  const name = ticket.client_aliased_name ?? account.name;
  return (
    <aside className={styles.details} aria-label={t`Details`}>
      <section>
        <h3>
          <Trans>Client</Trans>
        </h3>
        <p className={styles.client}>
          <Avatar name={name} size={36} shape="square" />
          <span>
            <b>{name}</b>
            <small>{account.email}</small>
          </span>
        </p>
      </section>
      <section>
        <h3>
          <Trans>Ticket</Trans>
        </h3>
        <dl>
          <dt>
            <Trans>Opened</Trans>
          </dt>
          <dd>
            <Time time={ticket.created_at} as="ago" />
          </dd>
        </dl>
      </section>
    </aside>
  );
}
