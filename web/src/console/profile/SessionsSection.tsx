import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { queryClient } from '#api/client.ts';
import { listSessionsOptions, listSessionsQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { endSession } from '#api/generated/sdk.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Pill } from '#shared/ui/Pill.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { wordsOf } from '../refusals.ts';
import { signOut } from '../signed-out.ts';
import { Section } from '../ui/Section.tsx';
import { sayDone, sayFailed } from '../ui/toasts.ts';
import { browserOf } from './browser-name.ts';
import styles from './SessionsSection.module.css';

/** Where the member is signed in; each can be ended from here. */
export function SessionsSection() {
  const sessions = useQuery({ ...listSessionsOptions(), staleTime: 0 }).data?.items ?? [];
  const ending = useMutation({
    mutationFn: (session_id: number) => endSession({ path: { session_id } }),
    onSuccess: () => sayDone(t`The session has ended`),
    onError: (error) => sayFailed(wordsOf(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: listSessionsQueryKey() }),
  });
  return (
    <Section>
      <ul className={styles.sessions}>
        {sessions.map(({ session_id, user_agent, ip, last_used_at, is_current }) => {
          const browser = browserOf(user_agent) ?? t`Unknown browser`;
          return (
            <li key={session_id}>
              <div>
                <span>
                  <b>{browser}</b>
                  {is_current && (
                    <Pill tone="ok">
                      <Trans>This one</Trans>
                    </Pill>
                  )}
                </span>
                <small>
                  {ip} · <Time time={last_used_at} as="ago" />
                </small>
              </div>
              {is_current ? (
                <Button icon={<LogOut size={15} aria-hidden />} onClick={() => void signOut()}>
                  <Trans>Sign out</Trans>
                </Button>
              ) : (
                <Button
                  aria-label={t`End the session: ${browser}, ${ip}`}
                  disabled={ending.isPending}
                  onClick={() => ending.mutate(session_id)}
                >
                  <Trans>End</Trans>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <p>
        <Trans>A session ends by itself after 12 hours without use, and in any case after 7 days.</Trans>
      </p>
    </Section>
  );
}
