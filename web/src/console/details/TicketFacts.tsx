import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { listTagsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { formatDateTime, formatDayTime } from '#shared/format.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { setCopies } from '../actions/change.ts';
import { runAction } from '../actions/run.ts';
import { unsnooze } from '../actions/snooze.ts';
import { addTag, removeTag } from '../actions/tag.ts';
import { PriorityItems, priorities } from '../list/ActionValues.tsx';
import { tagOf } from '../tags/tag-of.ts';
import { Menu } from '../ui/Menu.tsx';
import { Chips } from './Chips.tsx';
import styles from './Details.module.css';
import { Score } from './Score.tsx';
import { formatSpan } from './span.ts';

const MAX_COPIES = 10;

export function TicketFacts({ ticket }: { ticket: StaffTicketWithComments }) {
  const { i18n } = useLingui();
  const { number, tags, client_emails, created_at, first_response_at } = ticket;
  const known = useQuery(listTagsOptions()).data?.items ?? [];
  const priority = priorities.find(({ key }) => key === ticket.priority);
  const run = (action: Parameters<typeof runAction>[1]) => void runAction([number], action);
  return (
    <section>
      <h3>
        <Trans>Ticket</Trans>
      </h3>
      <dl>
        <dt>
          <Trans>Priority</Trans>
        </dt>
        <dd>
          <Menu
            trigger={
              <button type="button" className={styles.value}>
                {priority && i18n._(priority.name)}
                <ChevronDown size={13} aria-hidden />
              </button>
            }
          >
            <PriorityItems tickets={[ticket]} run={run} />
          </Menu>
        </dd>
        <dt>
          <Trans>Opened</Trans>
        </dt>
        <dd title={formatDateTime(created_at)}>
          <Time time={created_at} as="ago" />
        </dd>
        {first_response_at && (
          <>
            <dt>
              <Trans>First reply</Trans>
            </dt>
            <dd title={formatDateTime(first_response_at)}>
              <Trans>after {formatSpan(created_at, first_response_at)}</Trans>
            </dd>
          </>
        )}
        <Due name={t`Reply due`} at={first_response_at ? null : ticket.first_response_due_at} />
        <Due name={t`Solve by`} at={ticket.resolved_at ? null : ticket.resolution_due_at} />
        {ticket.is_snoozed && (
          <>
            <dt>
              <Trans>Snoozed until</Trans>
            </dt>
            <dd>
              {ticket.snoozed_until ? formatDateTime(ticket.snoozed_until) : <Trans>the client writes</Trans>}{' '}
              {ticket.can.unsnooze && (
                <Button size="small" look="ghost" onClick={() => void unsnooze(ticket)}>
                  <Trans>End</Trans>
                </Button>
              )}
            </dd>
          </>
        )}
        {ticket.vote && (
          <>
            <dt>
              <Trans>Rating</Trans>
            </dt>
            <dd>
              <Score score={ticket.vote.score} />
              {ticket.vote.comment && <q>{ticket.vote.comment}</q>}
            </dd>
          </>
        )}
        {ticket.close_reason && (
          <>
            <dt>
              <Trans>Close reason</Trans>
            </dt>
            <dd>{ticket.close_reason === 'auto' ? t`Automatic` : ticket.close_reason}</dd>
          </>
        )}
      </dl>
      <Chips
        key={`tags.${number}`}
        name={t`Tags`}
        addLabel={t`Add a tag`}
        values={tags}
        suggested={known.map(({ tag }) => tag)}
        onAdd={(tag) => run(addTag(tagOf(tag)))}
        onRemove={(tag) => run(removeTag(tag))}
      />
      <Chips
        key={`copies.${number}`}
        name={t`Copies to`}
        addLabel={t`Add an e-mail address`}
        type="email"
        max={MAX_COPIES}
        values={client_emails}
        onAdd={(email) => void setCopies(ticket, [...client_emails, email])}
        onRemove={(email) =>
          void setCopies(
            ticket,
            client_emails.filter((other) => other !== email),
          )
        }
      />
    </section>
  );
}

function Due({ name, at }: { name: string; at: string | null }) {
  if (!at) return null;
  const isLate = Date.parse(at) < Date.now();
  return (
    <>
      <dt>{name}</dt>
      <dd className={isLate ? styles.late : ''} title={formatDateTime(at)}>
        {formatDayTime(at)} <Time time={at} as="ago" className={styles.ago} />
      </dd>
    </>
  );
}
