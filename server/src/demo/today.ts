/** What is on the desk at this very moment: a ticket that came twice, and an answer that is not finished. */

import { saveDraft } from '#desk/drafts/drafts.ts';
import { mergeTicket } from '#desk/tickets/merge.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Locale } from '#platform/locales.ts';
import type { Phrases } from './scenario.ts';
import { phrases as en } from './scenarios-en.ts';
import { phrases as ru } from './scenarios-ru.ts';
import { asPerson, type Cast } from './stories.ts';
import type { Story } from './story.ts';
import type { History, Ticket } from './tables.ts';
import { triageOf } from './triage.ts';

/** A story, and that of somebody who did not know of it. */
interface Twice {
  first: Story;
  again: Story;
}

const books: Record<Locale, Phrases> = { en, ru };
const locales: Locale[] = ['en', 'ru'];

/** In each language, the most urgent ticket without an answer is opened again by a team member. */
export function openTwice({ clients }: Cast, stories: Story[], now: number): Twice[] {
  return locales.flatMap((locale) => {
    const tales = clients.flatMap((client) =>
      client.customer.locale === locale && client.customer.people.length > 1
        ? stories.filter((story) => isTold(client, story)).map((story) => ({ client, story }))
        : [],
    );
    const first = tales.find(({ story }) => triageOf(story).priority === 'urgent') ?? tales[0];
    return first ? [{ first: first.story, again: again(first.client, first.story, now) }] : [];
  });
}

type Client = Cast['clients'][number];

/** Whether it is this customer's, nobody has answered yet, and it says who wrote. */
const isTold = ({ actor }: Client, { account_id, client_aliased_name, moves }: Story) =>
  account_id === actor.accountId &&
  client_aliased_name !== null &&
  moves[0]?.actor.kind === 'client' &&
  moves.every(({ does }) => ['open', 'triage', 'note'].includes(does));

const openedAt = ({ moves }: Story) => moves[0]?.at ?? 0;

function again({ customer, actor }: Client, first: Story, now: number): Story {
  const { summary, body } = books[customer.locale].again;
  const me = customer.people.find(({ name }) => name !== first.client_aliased_name);
  if (!me) throw new Error('A ticket comes twice where there are two people.');
  const named = (text: string) =>
    text
      .replaceAll('{summary}', first.summary)
      .replaceAll('{other}', first.client_aliased_name ?? '')
      .replaceAll('{me}', me.name);
  const at = Math.round((openedAt(first) + now) / 2);
  return {
    ...first,
    summary: [...named(summary)].slice(0, 255).join(''),
    client_aliased_name: me.name,
    client_emails: [],
    moves: [{ at, does: 'open', actor: asPerson(actor, customer, me), body: named(body), files: [] }],
  };
}

/** Support makes one of two, and somebody is about to answer. */
export async function workOn(tx: Tx, { staff, clients }: Cast, history: History, twice: Twice[]) {
  for (const { first, again } of twice) {
    const [whole, part] = [rowOf(history, first), rowOf(history, again)];
    const teamMember = staff.findLast(({ agent }) => agent.speaks.includes(localeOf(clients, whole)));
    if (teamMember) await mergeTicket(tx, teamMember.actor, part.number, { into: whole.number });
  }
  for (const locale of locales) {
    const taken = history.tickets.filter(
      (one) => one.waiting_since && one.assignee_id && localeOf(clients, one) === locale,
    );
    const ticket = taken.find(({ topic_key }) => topic_key === 'servers') ?? taken[0];
    const teamMember = staff.find(({ actor }) => actor.staffId === ticket?.assignee_id);
    if (ticket && teamMember)
      await saveDraft(tx, teamMember.actor, ticket.number, { body: books[locale].begun });
  }
}

/** No account has two tickets of one name. */
function rowOf({ tickets }: History, { account_id, summary }: Story): Ticket {
  const row = tickets.find((one) => one.account_id === account_id && one.summary === summary);
  if (!row) throw new Error(`"${summary}" is not among the tickets.`);
  return row;
}

const localeOf = (clients: Client[], { account_id }: Ticket): Locale =>
  clients.find(({ actor }) => actor.accountId === account_id)?.customer.locale ?? 'en';
