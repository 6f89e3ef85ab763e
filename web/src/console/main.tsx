import '@fontsource-variable/inter/index.css';
import '#shared/tokens.css';
import '#shared/base.css';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { queryClient, setUpClient } from '#api/client.ts';
import { activateLanguage, type Catalogs, chooseLanguage, i18n } from '#shared/i18n.ts';
import { SignedInOnly } from './layouts/SignedInOnly.tsx';
import { router } from './routes.tsx';
import { reportSignedOut } from './signed-out.ts';

const catalogs: Catalogs = {
  en: () => import('#locales/console/en.po'),
  ru: () => import('#locales/console/ru.po'),
};

async function start() {
  setUpClient({ headers: () => ({}), onUnauthorized: reportSignedOut }); // the cookie says who it is
  await activateLanguage(catalogs, chooseLanguage());
  createRoot(document.getElementById('root') as HTMLElement).render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <SignedInOnly>
          <RouterProvider router={router} />
        </SignedInOnly>
      </QueryClientProvider>
    </I18nProvider>,
  );
}

void start();
