import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { Workplace } from './layouts/Workplace.tsx';
import { NoTicketPage } from './pages/NoTicketPage.tsx';
import { QueuePage } from './pages/QueuePage.tsx';
import { TicketPage } from './pages/TicketPage.tsx';

const root = createRootRoute({ component: Workplace });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/$list', params: { list: 'waiting_support' } });
  },
});

/** `list` is a queue, `topic.servers` or `view.12`. */
export const listRoute = createRoute({ getParentRoute: () => root, path: '/$list', component: QueuePage });

const nothing = createRoute({ getParentRoute: () => listRoute, path: '/', component: NoTicketPage });

export const ticketRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '/$number',
  component: TicketPage,
});

export const router = createRouter({
  routeTree: root.addChildren([start, listRoute.addChildren([nothing, ticketRoute])]),
  basepath: '/console',
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
