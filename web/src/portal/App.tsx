import { Trans } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Redirect, Route, Router, Switch, useRoute } from 'wouter';
import { queryClient } from '#api/client.ts';
import type { TicketEvent } from '#api/generated/types.gen.ts';
import { followEvents } from '#api/live.ts';
import styles from './App.module.css';
import { applyEvent } from './cache.ts';
import { useHasEnded } from './ended.ts';
import { ListPage } from './pages/ListPage.tsx';
import { TicketPage } from './pages/TicketPage.tsx';
import { getSession } from './session.ts';

export function App() {
  useEffect(
    () =>
      followEvents<TicketEvent>({
        url: '/support/events',
        name: `client.${getSession()?.account.external_id}.${getSession()?.user.id}`,
        onEvent: applyEvent,
        onGap: () => void queryClient.invalidateQueries(),
      }),
    [],
  );
  return (
    <Router base="/portal">
      <Panes />
    </Router>
  );
}

/** On a wide page the list stands beside what is open; on a narrow one there is one of them. */
function Panes() {
  const [isList] = useRoute('/');
  const hasEnded = useHasEnded();
  return (
    <div className={styles.portal} data-open={!isList} data-ready>
      {hasEnded && (
        <p className={styles.ended} role="alert">
          <Trans>Your session has ended. Open support again from the control panel: your text is kept.</Trans>
        </p>
      )}
      <main className={styles.panes}>
        <div className={styles.list}>
          <ListPage />
        </div>
        <div className={styles.open}>
          <Switch>
            <Route path="/">
              <p className={styles.nothing}>
                <Trans>Pick a ticket</Trans>
              </p>
            </Route>
            <Route path="/t/:number">
              {({ number }) => <TicketPage key={number} number={Number(number)} />}
            </Route>
            <Route>
              <Redirect to="/" />
            </Route>
          </Switch>
        </div>
      </main>
    </div>
  );
}
