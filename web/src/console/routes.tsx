import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { importPart } from '#shared/import-part.ts';
import { Workplace } from './layouts/Workplace.tsx';
import { readListSearch } from './list/list-search.ts';
import { BrokenPage } from './pages/BrokenPage.tsx';
import { NoTicketPage } from './pages/NoTicketPage.tsx';
import { QueuePage } from './pages/QueuePage.tsx';

const root = createRootRoute({ component: Workplace });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/$list', params: { list: 'waiting_support' } });
  },
});

/** `list` is a queue, `topic.servers`, `view.12` or `search`; filters and the order follow as parameters. */
export const listRoute = createRoute({
  getParentRoute: () => root,
  path: '/$list',
  validateSearch: readListSearch,
  component: QueuePage,
});

const nothing = createRoute({ getParentRoute: () => listRoute, path: '/', component: NoTicketPage });

/** A chunk of its own: the list is there first. It is loaded right after, before somebody opens a ticket. */
const TicketPage = lazyRouteComponent(() => importPart(() => import('./pages/TicketPage.tsx')), 'TicketPage');
setTimeout(() => void TicketPage.preload?.(), 300);

export const ticketRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '/$number',
  component: TicketPage,
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings/$section',
  component: lazyRouteComponent(() => importPart(() => import('./pages/SettingsPage.tsx')), 'SettingsPage'),
});

const settingsStart = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'look' } });
  },
});

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    settingsStart,
    settings,
    listRoute.addChildren([nothing, ticketRoute]),
  ]),
  basepath: '/console',
  defaultPreload: false,
  defaultErrorComponent: BrokenPage,
  // Plain parameters, so that an address can be read and typed.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: writeSearch,
});

function writeSearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)]],
  );
  const text = new URLSearchParams(given).toString().replaceAll('%2C', ',');
  return text && `?${text}`;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
