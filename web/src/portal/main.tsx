import '#shared/fonts.css';
import '#shared/tokens.css';
import '#shared/base.css';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { queryClient, setUpClient } from '#api/client.ts';
import { setDraftOwner } from '#shared/drafts.ts';
import { i18n } from '#shared/i18n.ts';
import { flushOutbox } from '#shared/outbox.ts';
import { App } from './App.tsx';
import { refreshFailed } from './cache.ts';
import { reportEnded, reportResumed } from './ended.ts';
import { SignedOut } from './pages/SignedOut.tsx';
import { applyPreferences } from './preferences.ts';
import { openPortalOutbox } from './sending.ts';
import { findSession, getSession, keepRenewed, shareSession } from './session.ts';

async function start() {
  setUpClient({
    headers: () => {
      const token = getSession()?.token;
      return token ? { 'X-Token': token } : ({} as Record<string, never>);
    },
    onUnauthorized: reportEnded,
  });
  const session = await findSession();
  await applyPreferences();
  shareSession(session ? resume : () => location.reload());
  if (session) {
    const owner = `${session.account.external_id}.${session.user.id}`;
    setDraftOwner(owner);
    await openPortalOutbox(owner);
    keepRenewed();
  }
  const root = createRoot(document.getElementById('root') as HTMLElement); // it is in index.html
  const render = () =>
    root.render(
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>{session ? <App /> : <SignedOut />}</QueryClientProvider>
      </I18nProvider>,
    );
  render();
  i18n.on('change', render); // texts by the macro `t` do not follow the language by themselves
}

/** The same person has signed in again in another tab. */
function resume() {
  reportResumed();
  keepRenewed();
  flushOutbox();
  refreshFailed();
}

void start();
