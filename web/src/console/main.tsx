import '#shared/fonts.css';
import '#shared/tokens.css';
import '#shared/base.css';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { queryClient, setUpClient } from '#api/client.ts';
import { i18n } from '#shared/i18n.ts';
import { startLanguage } from './language.ts';
import { SignedInOnly } from './layouts/SignedInOnly.tsx';
import { AcceptPage } from './pages/AcceptPage.tsx';
import { readRefusal } from './refusal.ts';
import { router } from './routes.tsx';
import { reportSignedOut, takeReturnAddress } from './signed-out.ts';

async function start() {
  setUpClient({ headers: () => ({}), onUnauthorized: reportSignedOut }); // the cookie says who it is
  readRefusal();
  const address = takeReturnAddress();
  if (address) router.history.replace(`/console${address}`);
  await startLanguage();
  createRoot(document.getElementById('root') as HTMLElement).render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        {location.pathname === '/console/accept' ? (
          <AcceptPage />
        ) : (
          <SignedInOnly>
            <RouterProvider router={router} />
          </SignedInOnly>
        )}
      </QueryClientProvider>
    </I18nProvider>,
  );
}

void start();
