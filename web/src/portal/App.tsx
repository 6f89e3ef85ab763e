import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Suspense, useEffect, useRef } from 'react';
import { Redirect, Route, Router, Switch, useRoute } from 'wouter';
import { queryClient } from '#api/client.ts';
import type { TicketEvent } from '#api/generated/types.gen.ts';
import { followEvents } from '#api/live.ts';
import { useAnnouncement } from '#shared/announce.ts';
import { hasDrafts } from '#shared/drafts.ts';
import { keepFocus } from '#shared/keep-focus.ts';
import { checkBuild, followBuild } from '#shared/new-build.ts';
import { getOutbox } from '#shared/outbox.ts';
import styles from './App.module.css';
import { AppBars } from './AppBars.tsx';
import { applyEvent, refreshFailed, refreshIncidents } from './cache.ts';
import { focusNear, focusPane, useFocusOnNavigation } from './focus.ts';
import { latePage } from './late-page.ts';
import { NothingOpen } from './pages/EmptyPane.tsx';
import { ListPage } from './pages/ListPage.tsx';
import { getSession } from './session.ts';
import { useDocumentTitle } from './useDocumentTitle.ts';

const INDEX = '/portal/';

const newTicketPage = latePage(async () => (await import('./pages/NewTicketPage.tsx')).NewTicketPage);
const ticketPage = latePage(async () => (await import('./pages/TicketPage.tsx')).TicketPage);
const NewTicketPage = newTicketPage.Page;
const TicketPage = ticketPage.Page;

export function App() {
  useEffect(
    () =>
      followEvents<TicketEvent>({
        url: '/support/events',
        name: `client.${getSession()?.account.external_id}.${getSession()?.user.id}`,
        onEvent: applyEvent,
        onIncidents: refreshIncidents,
        onConnect() {
          refreshFailed();
          refreshIncidents(); // what was missed of them does not come again
          void checkBuild(INDEX);
        },
        onGap: () => void queryClient.invalidateQueries(),
      }),
    [],
  );
  useEffect(() => keepFocus({ restore: focusNear }), []);
  useEffect(() => {
    const unfollow = followBuild(INDEX, () => !hasDrafts() && getOutbox().length === 0);
    void ticketPage.load();
    void newTicketPage.load();
    return unfollow;
  }, []);
  return (
    <Router base="/portal">
      <Panes />
    </Router>
  );
}

/** On a wide page the list stands beside what is open; on a narrow one there is one of them. */
function Panes() {
  const [isList] = useRoute('/');
  const open = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useFocusOnNavigation(list, open);
  useDocumentTitle();
  return (
    <div className={styles.portal} data-open={!isList} data-ready>
      <button type="button" className={styles.skip} onClick={() => focusPane(isList ? list : open)}>
        <Trans>Skip to the content</Trans>
      </button>
      <AppBars />
      <main className={styles.panes}>
        <h1 className="visually-hidden">{t`Support`}</h1>
        <div ref={list} className={styles.list}>
          <ListPage />
        </div>
        <div ref={open} className={styles.open}>
          <Suspense>
            <Switch>
              <Route path="/">
                <NothingOpen />
              </Route>
              <Route path="/new">
                <NewTicketPage />
              </Route>
              <Route path="/t/:number">
                {({ number }) => <TicketPage key={number} number={Number(number)} />}
              </Route>
              <Route>
                <Redirect to="/" />
              </Route>
            </Switch>
          </Suspense>
        </div>
      </main>
      <Announcements />
    </div>
  );
}

function Announcements() {
  const { text, count } = useAnnouncement();
  return (
    <p className="visually-hidden" role="status" aria-label={t`News`}>
      <span key={count}>{text}</span>
    </p>
  );
}
