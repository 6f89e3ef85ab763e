/** Casts the scenarios: which customer lives through which, when, with whom, and how it ends. */
import type { ClientActor } from '#actor.ts';
import type { Contact, Customer } from './cast.ts';
import { rulelessTopic, type Unanswered, unanswered } from './house.ts';
import { createRandom, type Random } from './random.ts';
import type { Phrases, Scenario } from './scenario.ts';
import * as en from './scenarios-en.ts';
import * as ru from './scenarios-ru.ts';
import { fill, type Scene, type Server } from './slots.ts';
import type { Story } from './story.ts';
import { tell } from './tell.ts';
import { type Colleague, DAY, HOUR, MINUTE } from './teller.ts';
import { triageOf } from './triage.ts';

/** Everybody in the demo, as the desk knows them. */
export interface Cast {
  clients: Array<{ customer: Customer; actor: ClientActor }>;
  staff: Colleague[];
}

const SEED = 20_417;
const DAYS = 88; // and two more for what is moved from a weekend

const books: Record<string, { scenarios: Scenario[]; phrases: Phrases }> = { en, ru };

/** About 500 stories of the 90 days before `now`, in milliseconds since 1970. */
export function makeStories({ clients, staff }: Cast, now: number): Story[] {
  const addresses = Array.from({ length: 240 }, (_, i) => i + 10);
  const unused = createRandom(SEED).shuffle(addresses);
  return clients.flatMap(({ customer, actor }, index) => {
    const random = createRandom(SEED + index);
    const servers = makeServers(random, customer, unused.splice(0, customer.servers));
    const crew = staff
      .filter(({ agent }) => agent.speaks.includes(customer.locale))
      .flatMap((one) => (one.agent.role === 'admin' ? [one] : [one, one, one])); // admins answer now and then
    const titles = new Set<string>();
    const fresh = unanswered.filter((_, i) => i % clients.length === index);
    return [...dealt(random, customer), ...fresh.map(dealtFresh(random, customer))].flatMap((scenario, i) => {
      const own = createRandom(SEED + 1000 * (index + 1) + i); // what one ticket draws changes no other
      const opened = openingTime(own, customer, now, scenario);
      const scene = makeScene(own, customer, servers, opened);
      const summary = newTitle(scenario, scene, titles);
      const client = scene.isNamed ? asPerson(actor, customer, scene.client) : actor;
      const isUnanswered = scenario.minutesAgo !== undefined;
      return tell({ scenario, scene, summary, client, crew, isUnanswered }, now);
    });
  });
}

/** The host knows its people by numbers of its own. */
export const userIdOf = ({ external_id, people }: Customer, person: Contact) =>
  `${external_id}-${people.indexOf(person) + 1}`;

/** One of the customer's people, where the panel says who they are; else the program that writes for all of them. */
export function asPerson(actor: ClientActor, customer: Customer, person: Contact): ClientActor {
  if (!customer.isHandedOver) return actor;
  return { ...actor, tokenId: null, userId: userIdOf(customer, person), userName: person.name };
}

/** A scenario, and how old its ticket is where that is given: it has not been answered yet. */
type Dealt = Scenario & { minutesAgo?: number };

/** The customer's scenarios: all of them before one comes again. */
function dealt(random: Random, { locale, tickets, people }: Customer): Dealt[] {
  const fitting = (books[locale]?.scenarios ?? []).filter(
    ({ needsColleague }) => !needsColleague || people.length > 1,
  );
  const rounds = Array.from({ length: Math.ceil(tickets / fitting.length) }, () => random.shuffle(fitting));
  return rounds.flat().slice(0, tickets);
}

/** One that begins with the client, under titles that support finds as urgent as this. */
const dealtFresh =
  (random: Random, { locale }: Customer) =>
  ({ priority, minutesAgo }: Unanswered): Dealt => {
    const fitting = (books[locale]?.scenarios ?? [])
      .filter(({ topic, lines: [first] }) => topic !== rulelessTopic && first && 'client' in first)
      .map((scenario) => ({
        ...scenario,
        summaries: scenario.summaries.filter(
          (summary) => triageOf({ summary, topic_key: scenario.topic }).priority === priority,
        ),
      }))
      .filter(({ summaries }) => summaries.length > 0);
    return { ...random.pick(fitting), minutesAgo };
  };

// Local hours in which people write, as often as they do.
const clientHours = [
  0, 2, 6, 7, 8, 8, 9, 9, 9, 9, 10, 10, 10, 11, 11, 11, 12, 13, 13, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17,
  18, 19, 20, 21, 22,
];
const supportHours = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

/** More in the last weeks than before, fewer on weekends, never in the future. */
function openingTime(random: Random, { utcOffsetHours }: Customer, now: number, dealt: Dealt): number {
  if (dealt.minutesAgo !== undefined) return now - dealt.minutesAgo * MINUTE;
  if (random.chance(0.035)) return now - random.int(4, 700) * MINUTE; // a desk is never without new tickets
  const daysAgo = Math.floor(DAYS * (random.int(0, 9999) / 10_000) ** 1.3);
  const minutes =
    random.pick('support' in (dealt.lines[0] ?? {}) ? supportHours : clientHours) * 60 + random.int(0, 59);
  const today = Math.floor(now / DAY) * DAY;
  let at = today - daysAgo * DAY + minutes * MINUTE - utcOffsetHours * HOUR + random.int(0, 59_999);
  const weekday = new Date(at).getUTCDay();
  if ((weekday === 0 || weekday === 6) && random.chance(0.6)) at -= 2 * DAY;
  while (at > now - 2 * MINUTE) at -= DAY;
  return at;
}

function makeScene(random: Random, customer: Customer, servers: Server[], opened: number): Scene {
  const [server, other] = random.shuffle(servers);
  const [domain, domain2] = random.shuffle(customer.domains);
  if (!server || !other || !domain || !domain2)
    throw new Error('A customer needs two servers and two domains.');
  return {
    random,
    customer,
    servers: [server, other],
    domains: [domain, domain2],
    phrases: (books[customer.locale] ?? en).phrases,
    day: opened - random.int(1, 8) * DAY,
    began: opened - random.int(8, 95) * MINUTE,
    opened,
    client: random.pick(customer.people),
    isNamed: random.chance(customer.aliased),
    drawn: new Map(),
  };
}

/** A summary that the customer has not used yet, where the scenario allows one. */
function newTitle({ summaries }: Scenario, scene: Scene, used: Set<string>): string {
  const { random, servers, drawn, client, opened } = scene;
  let title = '';
  for (let attempt = 0; attempt < 20; attempt++) {
    drawn.clear();
    title = fill(random.pick(summaries), scene, { at: opened, speaker: client });
    if (!used.has(title)) break;
    servers.reverse();
  }
  used.add(title);
  return title;
}

const plans = ['VPS-2', 'VPS-4', 'VPS-8', 'VPS-16'];

function makeServers(random: Random, { locale }: Customer, addresses: number[]): Server[] {
  const sites = locale === 'ru' ? ['msk', 'spb'] : ['fra', 'ams'];
  return addresses.map((last) => {
    const site = random.pick(sites);
    return {
      host: `vps-${site}-${random.int(1100, 4890)}`,
      ip: `${random.pick(['203.0.113', '198.51.100'])}.${last}`,
      ip6: `2001:db8:${random.int(0x10, 0xff).toString(16)}:${random.int(0x100, 0xfff).toString(16)}::${last}`,
      node: `kvm-${site}-${random.int(11, 78)}`,
      plan: random.pick(plans),
    };
  });
}
