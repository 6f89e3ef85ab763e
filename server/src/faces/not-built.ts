/** In place of a face whose files are missing: what to run. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from './locale.ts';
import { html, sendPage } from './page.ts';

const words = {
  en: {
    title: 'This page is not built yet',
    what: 'The files of the console and of the portal are missing. In the folder of Paneldesk, run:',
    reload: 'Then reload this page. The API works without them.',
  },
  ru: {
    title: 'Эта страница ещё не собрана',
    what: 'Файлов консоли и портала нет. В папке Paneldesk выполните:',
    reload: 'Потом обновите страницу. API работает и без них.',
  },
};

export function notBuilt(request: FastifyRequest, reply: FastifyReply) {
  const locale = localeOf(request);
  const { title, what, reload } = words[locale];
  const main = html`<h1>${title}</h1><p>${what}</p><p><code>npm run build</code></p><p>${reload}</p>`;
  return sendPage(reply.code(503).header('cache-control', 'no-store'), { locale, title, main });
}
