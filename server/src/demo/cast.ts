/** Who is in the demo: a hosting company, its support people and its customers. Names and domains are made up. */

import type { Role } from '#actor.ts';
import type { Locale } from '#platform/locales.ts';

export interface Person {
  name: string;
  isWoman?: boolean;
}

export interface Agent extends Person {
  email: string;
  role: Role;
  /** The languages in which this person answers. */
  speaks: Locale[];
}

export interface Contact extends Person {
  /** The part of the address before the @; the rest is the account's. */
  mailbox: string;
}

export interface Customer {
  external_id: string;
  name: string;
  email: string;
  locale: Locale;
  people: Contact[];
  domains: string[];
  servers: number;
  tickets: number;
  /** How often tickets say who among the people is speaking. */
  aliased: number;
  utcOffsetHours: number;
  /** Whether its people come by their panel, which says who they are. */
  isHandedOver?: true;
  note: string | null;
}

export const agents: Agent[] = [
  {
    name: 'Elena Markova',
    isWoman: true,
    email: 'elena@northbay.example',
    role: 'admin',
    speaks: ['en', 'ru'],
  },
  { name: 'Daniel Reyes', email: 'daniel@northbay.example', role: 'agent', speaks: ['en'] },
  {
    name: 'Hanna Lindqvist',
    isWoman: true,
    email: 'hanna@northbay.example',
    role: 'agent',
    speaks: ['en'],
  },
  { name: 'Алексей Воронов', email: 'voronov@northbay.example', role: 'agent', speaks: ['ru'] },
  {
    name: 'Ольга Тимофеева',
    isWoman: true,
    email: 'timofeeva@northbay.example',
    role: 'agent',
    speaks: ['ru'],
  },
];

export const customers: Customer[] = [
  {
    external_id: '20417',
    isHandedOver: true,
    name: 'Kestrel Robotics GmbH',
    email: 'it@kestrel-robotics.example',
    locale: 'en',
    people: [
      { name: 'Jonas Weber', mailbox: 'j.weber' },
      { name: 'Miriam Albrecht', mailbox: 'm.albrecht', isWoman: true },
      { name: 'Tom Fischer', mailbox: 't.fischer' },
      { name: 'Priya Nair', mailbox: 'p.nair', isWoman: true },
    ],
    domains: [
      'kestrel-robotics.example',
      'kestrel-cloud.example',
      'gripperlab.example',
      'kestrel-fleet.example',
    ],
    servers: 9,
    tickets: 92,
    aliased: 0.85,
    utcOffsetHours: 1,
    note: 'Premium support until the end of the year. Call Jonas before any reboot in business hours.',
  },
  {
    external_id: '18230',
    name: 'Lantern Books Ltd',
    email: 'ops@lanternbooks.example',
    locale: 'en',
    people: [
      { name: 'Claire Whitcombe', mailbox: 'claire', isWoman: true },
      { name: 'Owen Hughes', mailbox: 'owen' },
      { name: 'Sam Patel', mailbox: 'sam' },
    ],
    domains: ['lanternbooks.example', 'lantern-press.example', 'usedbooks.example'],
    servers: 6,
    tickets: 78,
    aliased: 0.7,
    utcOffsetHours: 0,
    note: null,
  },
  {
    external_id: '21955',
    name: 'Brightwater Dental Group',
    email: 'office@brightwater-dental.example',
    locale: 'en',
    people: [
      { name: 'Rachel Kim', mailbox: 'rkim', isWoman: true },
      { name: 'Greg Lawson', mailbox: 'glawson' },
    ],
    domains: ['brightwater-dental.example', 'brightwater-booking.example'],
    servers: 3,
    tickets: 50,
    aliased: 0.6,
    utcOffsetHours: 0,
    note: 'Patient data: no copies of databases to test systems.',
  },
  {
    external_id: '24102',
    name: 'Oakfield Community Radio',
    email: 'studio@oakfieldradio.example',
    locale: 'en',
    people: [
      { name: 'Pete Donovan', mailbox: 'pete' },
      { name: 'Aisha Rahman', mailbox: 'aisha', isWoman: true },
    ],
    domains: ['oakfieldradio.example', 'oakfield-archive.example'],
    servers: 2,
    tickets: 28,
    aliased: 0.3,
    utcOffsetHours: 0,
    note: 'Charity discount.',
  },
  {
    external_id: '17764',
    isHandedOver: true,
    name: 'Веб-студия «Точка роста»',
    email: 'admin@tochka-studio.example',
    locale: 'ru',
    people: [
      { name: 'Артём Гусев', mailbox: 'gusev' },
      { name: 'Юлия Шестакова', mailbox: 'shestakova', isWoman: true },
      { name: 'Никита Орлов', mailbox: 'orlov' },
      { name: 'Полина Зимина', mailbox: 'zimina', isWoman: true },
    ],
    domains: [
      'tochka-studio.example',
      'mebel-lad.example',
      'avtokrug.example',
      'yoga-dom.example',
      'remont24.example',
    ],
    servers: 10,
    tickets: 104,
    aliased: 0.85,
    utcOffsetHours: 3,
    note: 'Партнёр, ведёт серверы своих клиентов. Доступы высылать только Артёму.',
  },
  {
    external_id: '19381',
    name: 'АО «ТехноСнаб»',
    email: 'it@technosnab.example',
    locale: 'ru',
    people: [
      { name: 'Игорь Мельников', mailbox: 'melnikov' },
      { name: 'Светлана Рябова', mailbox: 'ryabova', isWoman: true },
      { name: 'Денис Крюков', mailbox: 'kryukov' },
    ],
    domains: ['technosnab.example', 'snab-portal.example', 'technosnab-edi.example'],
    servers: 7,
    tickets: 74,
    aliased: 0.75,
    utcOffsetHours: 5,
    note: null,
  },
  {
    external_id: '22618',
    name: 'ООО «Северный ветер»',
    email: 'support@sever-veter.example',
    locale: 'ru',
    people: [
      { name: 'Павел Назаров', mailbox: 'nazarov' },
      { name: 'Екатерина Белова', mailbox: 'belova', isWoman: true },
    ],
    domains: ['sever-veter.example', 'sv-tracking.example'],
    servers: 4,
    tickets: 48,
    aliased: 0.6,
    utcOffsetHours: 3,
    note: 'Логистика, склад работает круглосуточно.',
  },
  {
    external_id: '25040',
    name: 'ИП Калашникова Мария Андреевна',
    email: 'hello@pryanik-shop.example',
    locale: 'ru',
    people: [{ name: 'Мария Калашникова', mailbox: 'maria', isWoman: true }],
    domains: ['pryanik-shop.example', 'pryanik-opt.example'],
    servers: 2,
    tickets: 26,
    aliased: 0,
    utcOffsetHours: 3,
    note: null,
  },
];
