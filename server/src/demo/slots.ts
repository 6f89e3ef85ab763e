/** Fills the slots of the scenarios. */
import type { Locale } from '#platform/locales.ts';
import type { Contact, Customer, Person } from './cast.ts';
import type { Random } from './random.ts';
import type { Phrases } from './scenario.ts';

export interface Server {
  host: string;
  ip: string;
  ip6: string;
  node: string;
  plan: string;
}

/** What a ticket is told about, and with. Times are milliseconds since 1970. */
export interface Scene {
  random: Random;
  customer: Customer;
  servers: [Server, Server];
  domains: [string, string];
  phrases: Phrases;
  /** The day that it goes back to, when it began to matter, and when the ticket was opened. */
  day: number;
  began: number;
  opened: number;
  client: Contact;
  /** Whether the ticket says who of the customer is speaking. */
  isNamed: boolean;
  /** What the slots have been filled with so far. */
  drawn: Map<string, string>;
}

/** Who says a line, and when. */
interface Saying {
  at: number;
  speaker: Person;
  /** Who of the team members is meant. */
  to?: Person;
}

/** The text with its slots filled and its wordings chosen. */
export function fill(text: string, scene: Scene, saying: Saying): string {
  const [greeting = ''] = /^\{(hello|greet)\}/.exec(text) ?? [];
  const rest = words(text.slice(greeting.length), scene, saying);
  return greeting ? words(greeting, scene, saying) + capitalised(rest) : rest;
}

function words(text: string, scene: Scene, saying: Saying): string {
  return text
    .replace(/\{(hello|bye|greet|regards)\}/g, (_, turn: Turn) => turnOf(turn, scene))
    .replace(/\{([a-z_]+2?6?)\}/g, (_, name: string) => slot(name, scene, saying))
    .replaceAll('{а}', saying.speaker.isWoman ? 'а' : '')
    .replace(/\{([^{}]*\|[^{}]*)\}/g, (_, wordings: string) => scene.random.pick(wordings.split('|')));
}

/** Support greets by name whom it knows by name. */
function turnOf(turn: Turn, { random, phrases, isNamed, customer }: Scene): string {
  const isKnown = isNamed || customer.people.length === 1;
  return random.pick(phrases[turn].filter((phrase) => isKnown || !phrase.includes('{client}')));
}

type Turn = 'hello' | 'bye' | 'greet' | 'regards';

/** A name at the start, such as of a host or of a command, stays as it is written. */
const capitalised = (text: string) =>
  text.replace(/^\p{Ll}\p{L}*(?=[ ,:])/u, (word) => word.charAt(0).toUpperCase() + word.slice(1));

/** One value per ticket, whenever it is said. */
function slot(name: string, scene: Scene, saying: Saying): string {
  const said = whenSaid[name];
  if (said) return said(scene, saying);
  const known = scene.drawn.get(name);
  if (known !== undefined) return known;
  const value = slots[name]?.(scene);
  if (value === undefined) throw new Error(`No slot is called "${name}".`);
  scene.drawn.set(name, value);
  return value;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const whenSaid: Record<string, (scene: Scene, saying: Saying) => string> = {
  me: (_, { speaker }) => givenName(speaker),
  agent: (_, { speaker }) => givenName(speaker),
  teamMember: (_, { to, speaker }) => givenName(to ?? speaker),
  /** A moment ago, and in an hour. */
  just: ({ customer, random }, { at }) => clock(at - random.int(2, 9) * MINUTE, customer),
  soon: ({ customer }, { at }) => clock(at + 60 * MINUTE, customer),
  /** Left for the split, which knows the number. */
  split: () => '{split}',
};

const slots: Record<string, (scene: Scene) => string> = {
  client: ({ client }) => givenName(client),
  company: ({ customer }) => customer.name,
  host: ({ servers }) => servers[0].host,
  host2: ({ servers }) => servers[1].host,
  ip: ({ servers }) => servers[0].ip,
  ip2: ({ servers }) => servers[1].ip,
  ip6: ({ servers }) => servers[0].ip6,
  node: ({ servers }) => servers[0].node,
  plan: ({ servers }) => servers[0].plan,
  domain: ({ domains }) => domains[0],
  domain2: ({ domains }) => domains[1],
  mailbox: ({ random, domains }) =>
    `${random.pick(['info', 'office', 'sales', 'orders', 'contact'])}@${domains[0]}`,
  mailbox2: ({ random, domains }) => `${random.pick(['accounts', 'admin', 'manager', 'it'])}@${domains[0]}`,
  login: ({ random }) => random.pick(['deploy', 'webmaster', 'webadmin', 'shop', 'site1', 'reports', 'app']),
  db: ({ random, domains }) =>
    `${domains[0].replace(/[-.].*/, '')}_${random.pick(['prod', 'main', 'crm', 'shop', 'stats'])}`,
  table: ({ random }) =>
    random.pick(['orders', 'customers', 'invoices', 'bookings', 'shipments', 'stock_moves', 'sessions']),
  invoice: ({ random }) => `NB-${random.int(10_200, 48_900)}`,
  fee: ({ random, customer }) => money(random.int(4, 15), customer.locale),
  total: ({ random, customer }) => money(random.int(120, 620), customer.locale),
  sum: ({ random, customer }) => money(random.int(9, 240), customer.locale),
  card: ({ random }) => String(random.int(1001, 9899)),
  bad_ip: ({ random }) => `192.0.2.${random.int(3, 250)}`,
  asn: ({ random }) => String(random.int(64_512, 65_530)),
  ref: ({ random }) => random.int(0x100000, 0xffffff).toString(16),
  sha: ({ random }) =>
    Array.from({ length: 8 }, () => random.int(0x10000000, 0xffffffff).toString(16)).join(''),
  pid: ({ random }) => String(random.int(812, 31_900)),
  port: ({ random }) => String(random.int(32_800, 60_900)),
  bytes: ({ random }) => String(random.int(21, 88) * 1_073_741_824 + random.int(0, 1_000_000)),
  gb: ({ random }) => String(random.pick([25, 40, 46, 58, 60, 75, 80, 100, 116, 160, 200])),
  pct: ({ random }) => String(random.int(82, 99)),
  /** Numbers that take the same plural in Russian, and stand before a plural in English. */
  n: ({ random }) => String(random.int(5, 9)),
  dd: ({ random }) => String(random.pick([12, 14, 15, 16, 18, 19, 20, 25, 26, 28, 30, 35, 37, 40, 45])),
  hm: ({ customer, began }) => clock(began, customer),
  syslog: ({ began }) => syslogTime(began),
  day: ({ day, customer }) => date(day, customer.locale),
  later: ({ random, customer, opened }) => date(opened + random.int(3, 6) * DAY, customer.locale),
  window: ({ random, customer }) => random.pick(windows[customer.locale]),
};

const windows = {
  en: ['01:00 and 03:00', '02:00 and 05:00', '23:00 and 01:00'],
  ru: ['01:00 до 03:00', '02:00 до 05:00', '23:00 до 01:00'],
};

const givenName = ({ name }: Person) => name.split(' ')[0] ?? name;

const clock = (at: number, { utcOffsetHours }: Customer) =>
  new Date(at + utcOffsetHours * 60 * MINUTE).toISOString().slice(11, 16);

const date = (at: number, locale: Locale) =>
  new Date(at).toLocaleDateString(locale === 'ru' ? 'ru' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });

/** `Nov 14 03:12:44`, in UTC as servers keep it. */
export function syslogTime(at: number): string {
  const [, day = '', month = '', , time = ''] = new Date(at).toUTCString().split(' ');
  return `${month} ${day.replace(/^0/, ' ')} ${time}`;
}

function money(units: number, locale: Locale): string {
  if (locale === 'en') return `€${units}.${units % 2 === 0 ? '00' : '90'}`;
  return `${(units * 90).toLocaleString('ru')} ₽`;
}
