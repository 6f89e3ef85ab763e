/**
 * Where a sign-in link leads. The code is in the fragment, which no server sees: the page's script exchanges it for a
 * session, keeps that for the tab and opens the portal.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientFrames } from './headers.ts';
import { localeOf } from './locale.ts';
import { html, sendPage } from './page.ts';

const words = {
  en: {
    title: 'Support',
    opening: 'Opening support…',
    expired: 'This link no longer works',
    why: 'A link to support works once, and only for a minute. Go back to your control panel and open support again.',
    failed: 'Support cannot be reached',
    check: 'Check the connection and try again.',
    again: 'Try again',
    script: 'Support needs JavaScript. Allow it for this page and open support again.',
  },
  ru: {
    title: 'Поддержка',
    opening: 'Открываем поддержку…',
    expired: 'Эта ссылка больше не работает',
    why: 'Ссылка на поддержку работает один раз и только минуту. Вернитесь в панель управления и откройте поддержку снова.',
    failed: 'Поддержка недоступна',
    check: 'Проверьте соединение и попробуйте ещё раз.',
    again: 'Попробовать ещё раз',
    script: 'Для поддержки нужен JavaScript. Разрешите его для этой страницы и откройте поддержку снова.',
  },
};

/** The code leaves the address at once, so that it is not in the history. A page without one has exchanged it. */
const script = `
const base = location.pathname.replace(/\\/support\\/session\\/?$/, '');
const code = location.hash.slice(1);
const show = (id) => {
  for (const section of document.querySelectorAll('section')) section.hidden = section.id !== id;
};
async function exchange() {
  show('opening');
  try {
    const response = await fetch(base + '/support/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
      credentials: 'omit',
    });
    if (response.status === 401 || response.status === 400) return show('expired');
    if (!response.ok) return show('failed');
    sessionStorage.setItem('paneldesk.session', JSON.stringify(await response.json()));
    location.replace(base + '/portal/');
  } catch {
    show('failed');
  }
}
history.replaceState(null, '', location.pathname);
document.querySelector('#failed button').addEventListener('click', exchange);
addEventListener('hashchange', () => location.reload());
if (code === '') show('expired');
else exchange();
`;

export function sendSessionPage(request: FastifyRequest, reply: FastifyReply) {
  const locale = localeOf(request);
  const { title, opening, expired, why, failed, check, again, script: needed } = words[locale];
  const main = html`
<section id="opening"><p role="status">${opening}</p><noscript><p>${needed}</p></noscript></section>
<section id="expired" role="alert" hidden><h1>${expired}</h1><p>${why}</p></section>
<section id="failed" role="alert" hidden><h1>${failed}</h1><p>${check}</p><button type="button">${again}</button></section>`;
  return sendPage(reply, {
    locale,
    title,
    main,
    script,
    framedBy: clientFrames(request.server.allowedOrigins),
  });
}
