/** `/`: leads to the faces and to the reference and, on the machine of whoever tries Paneldesk out, into the demo. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '#actor.ts';
import { isFromThisMachine } from '#platform/http/public-url.ts';
import type { Locale } from '#platform/locales.ts';
import { type Credentials, readCredentials } from './demo-credentials.ts';
import { localeOf } from './locale.ts';
import { html, sendPage } from './page.ts';

interface Words {
  what: string;
  ways: Array<[path: string, name: string, about: string]>;
  demo: string;
  about: string;
  team: string;
  clients: string;
  roles: Record<Role, string>;
  locales: Record<Locale, string>;
  signInAs: (name: string) => string;
  refused: string;
  why: string;
  back: string;
}

const words: Record<Locale, Words> = {
  en: {
    what: 'The support desk of a hosting control panel.',
    ways: [
      ['console', 'Console', 'Where the support team works'],
      ['portal', 'Portal', 'What clients see in the panel'],
      ['docs', 'Reference', 'Every operation of the API, to try out'],
    ],
    demo: 'Demo',
    about:
      'A hosting company with its team, its clients and three months of tickets. Only this machine can sign in here.',
    team: 'Team: the console',
    clients: 'Clients: the portal',
    roles: { admin: 'Admin', agent: 'Agent' },
    locales: { en: 'English', ru: 'Russian' },
    signInAs: (name) => `Sign in as ${name}`,
    refused: 'This person cannot sign in here any more',
    why: 'Their password has been changed, a second factor is on, or the account is gone.',
    back: 'Back',
  },
  ru: {
    what: 'Служба поддержки в панели управления хостингом.',
    ways: [
      ['console', 'Консоль', 'Здесь работает поддержка'],
      ['portal', 'Портал', 'Это видят клиенты в панели'],
      ['docs', 'Справочник', 'Все операции API, их можно сразу пробовать'],
    ],
    demo: 'Демо',
    about:
      'Хостинг-компания: её команда, клиенты и тикеты за три месяца. Войти отсюда можно только с этой машины.',
    team: 'Команда: консоль',
    clients: 'Клиенты: портал',
    roles: { admin: 'Администратор', agent: 'Сотрудник' },
    locales: { en: 'английский', ru: 'русский' },
    signInAs: (name) => `Войти как ${name}`,
    refused: 'Войти так больше нельзя',
    why: 'Пароль изменён, включён второй фактор или аккаунт удалён.',
    back: 'Назад',
  },
};

/** The people as whom this request may sign in; undefined without demo data, and for requests from elsewhere. */
export const demoFor = (request: FastifyRequest, dataDir: string): Credentials | undefined =>
  isFromThisMachine(request) ? readCredentials(dataDir) : undefined;

/** Addresses are relative: a proxy may serve all of it below a prefix. */
export function sendStartPage(request: FastifyRequest, reply: FastifyReply, dataDir: string) {
  const locale = localeOf(request);
  const { what, ways } = words[locale];
  const demo = demoFor(request, dataDir);
  const main = html`
<h1>Paneldesk</h1>
<p>${what}</p>
<ul class="ways">
${ways.map(([path, name, about]) => html`<li><a href="${path}"><b>${name}</b><small>${about}</small></a></li>\n`)}</ul>
${demo ? people(demo, words[locale]) : ''}`;
  return sendPage(reply, { locale, title: 'Paneldesk', main });
}

function people({ staff, accounts }: Credentials, { demo, about, team, clients, signInAs, ...of }: Words) {
  const row = (field: 'staff' | 'contact', value: string, name: string, details: string) => html`
<li><span><b>${name}</b><small>${details}</small></span>
<button name="${field}" value="${value}">${signInAs(name)}</button></li>`;
  return html`
<h2>${demo}</h2>
<p>${about}</p>
<form method="post" action="demo/sign-in">
<h3>${team}</h3>
<ul>${staff.map(({ email, name, role, locale }) => row('staff', email, name, `${of.roles[role]} · ${of.locales[locale]}`))}
</ul>
<h3>${clients}</h3>
<ul>${accounts.flatMap((account) =>
    account.contacts.map(({ id, name }) =>
      row('contact', id, name, `${account.name} · ${of.locales[account.locale]}`),
    ),
  )}
</ul>
</form>`;
}

export function sendDemoRefusal(request: FastifyRequest, reply: FastifyReply) {
  const locale = localeOf(request);
  const { refused, why, back } = words[locale];
  const main = html`<h1>${refused}</h1><p>${why}</p><p><a href="..">${back}</a></p>`;
  return sendPage(reply.code(401), { locale, title: 'Paneldesk', main });
}
