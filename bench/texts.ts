/** Texts of tickets in Russian and English, with words of known frequency. */
import { hash } from './plan.ts';

/** Search words, and how many tickets contain them. */
export const marks = {
  everywhere: 'support',
  onePercent: 'firewall',
  /** The text has `сертификаты`: found by its stem. */
  onePercentRussian: 'сертификата',
  rare: 'segfault',
  /** A prefix of eleven host names in 500. */
  host: 'vps-18',
  /** A prefix of about one address in 250. */
  network: '10.3.7.',
} as const;

const russian = `сервер диск сайт домен почта доступ пароль ошибка резервная копия база данных не работает после
  обновления панель управления подскажите пожалуйста проверьте сеть адрес подсеть маршрут задержка потери пакетов
  нагрузка процессор память ядро перезагрузка консоль виртуальная машина образ снимок том хранилище объект контейнер
  кластер узел балансировщик правило порт закрыт открыт журнал запись зона делегирование счёт оплата баланс договор
  акт тариф заказ лицензия продление перенос миграция клиент запрос ответ время минут часов сегодня вчера утром
  недоступен медленно зависает отключается появляется снова уже ещё когда почему можно нужно прошу спасибо вопрос
  проблема решение настройка конфигурация файл каталог права пользователь ключ вход выход версия пакет модуль`;
const english = `server disk site domain mail access password error backup copy database does not work after the
  update panel control please check network address subnet route latency packet loss load processor memory kernel
  reboot console virtual machine image snapshot volume storage object container cluster node balancer rule port closed
  open log record zone delegation invoice payment balance contract plan order license renewal transfer migration
  client request response time minutes hours today yesterday morning unavailable slow hangs disconnects appears again
  already still when why can need thanks question problem solution setting configuration file folder permission user
  key login version package module deploy timeout queue worker cache proxy header upload download stream socket`;

const SENTENCES = 3000;
const HOSTS = 500;
const NETWORKS = 256;
const MACHINES = 16;

export const names = ['Ivan Petrov', 'Анна Смирнова', 'DevOps', 'Бухгалтерия', 'Maria Rossi', 'Дежурный'];
export const topics = ['servers', 'network', 'domains', 'mail', 'billing', 'other'];

/** An index into `phrases`: a piece of text that many tickets contain. */
type Phrase = number;

/** All pieces of text that tickets consist of. */
export const phrases: string[] = [];

const sentences = [words(russian, 'ru'), words(english, 'en')].map((from, language) =>
  add(Array.from({ length: SENTENCES }, (_, i) => sentence(from, language * SENTENCES + i))),
);
const greetings = add([`Здравствуйте, ${marks.everywhere}!`, `Hello ${marks.everywhere},`]);
const hosts = add(Array.from({ length: HOSTS }, (_, i) => `vps-${i}.ams${i % 3}.example.net`));
const addresses = add(
  Array.from(
    { length: NETWORKS * MACHINES },
    (_, i) => `10.3.${i % NETWORKS}.${20 + Math.floor(i / NETWORKS)}`,
  ),
);
const onePercent = add([`The ${marks.onePercent} is on.`, 'Истекли сертификаты.']);
const rare = add([`It ends with ${marks.rare}.`]);
const people = add(names);

/** A pseudo-random element of `list`, always the same for the same ticket and salt. */
const pick = <T>(list: T[], k: number, salt: number): T => list[hash(k, salt) % list.length] as T; // never empty

const sentenceOf = (k: number, salt: number): Phrase => pick(sentences[hash(k, 2) % 2] as Phrase[], k, salt); // of two languages

export const summaryOf = (k: number): Phrase[] => [sentenceOf(k, 3)];
export const aliasOf = (k: number): Phrase[] => (hash(k, 4) % 3 === 0 ? [pick(people, k, 5)] : []);
export const topicOf = (k: number): string => pick(topics, k, 6);

/** The body of the j-th comment. The first one has all search words. */
export function bodyOf(k: number, j: number): Phrase[] {
  const body = [sentenceOf(k, 10 + 2 * j)];
  if (hash(k, 40 + j) % 2 === 0) body.push(sentenceOf(k, 11 + 2 * j));
  if (j > 0) return body;
  const hundredth = hash(k, 7) % 100;
  const mark = hundredth < onePercent.length ? onePercent[hundredth] : undefined;
  return [
    pick(greetings, k, 2),
    ...body,
    pick(hosts, k, 8),
    pick(addresses, k, 9),
    ...(mark === undefined ? [] : [mark]),
    ...(hash(k, 50) % 10_000 === 0 ? rare : []),
  ];
}

export const textOf = (of: Phrase[]): string => of.map((phrase) => phrases[phrase]).join(' ');

function add(texts: string[]): Phrase[] {
  return texts.map((text) => phrases.push(text) - 1);
}

/** Eight words. The first words of the list are the most common, as in any language. */
function sentence(from: string[], seed: number): string {
  const chosen = Array.from({ length: 8 }, (_, i) => {
    const chance = hash(seed, 100 + i) / 2 ** 32;
    return from[Math.floor(from.length ** chance) - 1];
  });
  return `${chosen.join(' ')}.`;
}

/** The words, followed by a long tail of words that no dictionary has. */
function words(list: string, language: 'ru' | 'en'): string[] {
  const syllables = (
    language === 'ru' ? 'ба ве ги до жу ла мо ни ро ту' : 'ba ve gi do ju la mo ni ro tu'
  ).split(' ');
  const tail = Array.from({ length: 4000 }, (_, i) =>
    Array.from({ length: 4 }, (_, digit) => syllables[Math.floor(i / 10 ** digit) % 10]).join(''),
  );
  return [...list.split(/\s+/), ...tail];
}
