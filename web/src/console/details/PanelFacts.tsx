import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import styles from './Details.module.css';

const levels = {
  account_users: msg`Everybody in the account`,
  project_users: msg`Those who have the project`,
  all_users: msg`Everybody`,
} as const;

/** What the panel of the host has sent along with the ticket. */
export function PanelFacts({ ticket }: { ticket: StaffTicketWithComments }) {
  const { i18n } = useLingui();
  const { notice_id, keystone_projects: projects, access_level, external_id } = ticket;
  return (
    <section>
      <h3>
        <Trans>From the control panel</Trans>
      </h3>
      <dl>
        {projects.length > 0 && (
          <>
            <dt>
              <Trans>Project</Trans>
            </dt>
            <dd className={styles.id}>{projects.join(', ')}</dd>
          </>
        )}
        {notice_id !== null && (
          <>
            <dt>
              <Trans>Notice</Trans>
            </dt>
            <dd className={styles.id}>{notice_id}</dd>
          </>
        )}
        {external_id && (
          <>
            <dt>
              <Trans>External ID</Trans>
            </dt>
            <dd className={styles.id}>{external_id}</dd>
          </>
        )}
        <dt>
          <Trans>Visible to</Trans>
        </dt>
        <dd>{i18n._(levels[access_level])}</dd>
      </dl>
    </section>
  );
}
