import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { SEARCH } from '../queues.ts';
import styles from './Details.module.css';
import { Score } from './Score.tsx';

export function ClientFacts({ ticket }: { ticket: StaffTicketWithComments }) {
  const { account, author_user, client_aliased_name } = ticket;
  const name = client_aliased_name ?? author_user?.name ?? account.name;
  const email = author_user?.email ?? account.email;
  return (
    <section>
      <h3>
        <Trans>Client</Trans>
      </h3>
      <p className={styles.client}>
        <Avatar name={name} size={36} shape="square" />
        <span>
          <b>{name}</b>
          {email && <a href={`mailto:${encodeURIComponent(email).replace('%40', '@')}`}>{email}</a>}
        </span>
      </p>
      <dl>
        {name !== account.name && (
          <>
            <dt>
              <Trans>Account</Trans>
            </dt>
            <dd>{account.name}</dd>
          </>
        )}
        {client_aliased_name && author_user && client_aliased_name !== author_user.name && (
          <>
            <dt>
              <Trans>Signed in as</Trans>
            </dt>
            <dd>{author_user.name}</dd>
          </>
        )}
        <dt>
          <Trans>External ID</Trans>
        </dt>
        <dd>{account.external_id}</dd>
        <dt>
          <Trans>Open tickets</Trans>
        </dt>
        <dd className="numbers">
          <Link
            to="/$list"
            params={{ list: SEARCH }}
            search={{ account_id: String(ticket.account_id), is_closed: false }}
            className={styles.link}
          >
            {account.open_ticket_count}
          </Link>
        </dd>
        {account.average_score !== null && (
          <>
            <dt>
              <Trans>Average score</Trans>
            </dt>
            <dd>
              <Score score={account.average_score} />
            </dd>
          </>
        )}
      </dl>
      {account.note && <p className={styles.note}>{account.note}</p>}
    </section>
  );
}
