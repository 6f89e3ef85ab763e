import '@fontsource-variable/inter/index.css';
import '#shared/tokens.css';
import '#shared/base.css';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { queryClient, setUpClient } from '#api/client.ts';
import { setDraftOwner } from '#shared/drafts.ts';
import { activateLanguage, type Catalogs, chooseLanguage, i18n } from '#shared/i18n.ts';
import { App } from './App.tsx';
import { reportEnded } from './ended.ts';
import { SignedOut } from './pages/SignedOut.tsx';
import { openPortalOutbox } from './sending.ts';
import { findSession, getSession, keepRenewed } from './session.ts';

const catalogs: Catalogs = {
  en: () => import('#locales/portal/en.po'),
  ru: () => import('#locales/portal/ru.po'),
};

async function start() {
  setUpClient({
    headers: () => {
      const token = getSession()?.token;
      return token ? { 'X-Token': token } : ({} as Record<string, never>);
    },
    onUnauthorized: reportEnded,
  });
  const session = await findSession();
  await activateLanguage(catalogs, chooseLanguage(session?.user.locale));
  const root = createRoot(document.getElementById('root') as HTMLElement); // it is in index.html
  if (session) {
    const owner = `${session.account.external_id}.${session.user.id}`;
    setDraftOwner(owner);
    await openPortalOutbox(owner);
    keepRenewed();
  }
  root.render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>{session ? <App /> : <SignedOut />}</QueryClientProvider>
    </I18nProvider>,
  );
}

void start();
