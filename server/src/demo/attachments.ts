/** Files that people attach: logs, reports and graphs about the servers of the ticket, from the hours before it. */
import { graph } from './png.ts';
import type { Random } from './random.ts';
import { fill, type Scene, syslogTime } from './slots.ts';

export interface Attachment {
  name: string;
  content: Buffer;
}

export type AttachmentKind = keyof typeof makers;

/** What this scene's attachment of this kind is, sent at this time in milliseconds since 1970. */
export function makeAttachment(kind: AttachmentKind, scene: Scene, at: number): Attachment {
  const { name, content } = makers[kind](scene, at);
  const text = (template: string) => fill(template, scene, { at, speaker: scene.client });
  return { name: text(name), content: typeof content === 'string' ? Buffer.from(text(content)) : content };
}

type Maker = (scene: Scene, at: number) => { name: string; content: string | Buffer };

const makers = {
  'load.png': ({ random }) => ({ name: '{host}-cpu-24h.png', content: graph(random) }),
  'traffic.png': ({ random }) => ({ name: '{host}-traffic-in.png', content: graph(random) }),
  'oom.log': oom,
  'smart.txt': smart,
  'nginx-error.log': nginxError,
  'mtr.txt': mtr,
  'mail.log': mailLog,
  'slow.log': slowLog,
  'access.log': accessLog,
  'headers.eml': headers,
  'charges.csv': charges,
  'reconciliation.csv': reconciliation,
  'availability.csv': availability,
} satisfies Record<string, Maker>;

function oom({ random, began }: Scene) {
  const line = (text: string, at = began) => `${syslogTime(at)} {host} kernel: ${text}`;
  const worker = random.int(18_000, 26_000);
  const workers = Array.from({ length: 6 }, (_, i) => {
    const pid = worker + i * 7;
    return line(
      `[  ${pid}]    33 ${pid}    96412    ${random.int(21_900, 23_400)}   229376        0             0 php-fpm8.3`,
    );
  });
  return {
    name: 'kern-{host}.log',
    content: [
      line('mysqld invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0'),
      line('CPU: 1 PID: {pid} Comm: mysqld Not tainted 6.8.0-{dd}-generic'),
      line('Tasks state (memory values in pages):'),
      line('[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name'),
      ...workers,
      line('[   {pid}]   112  {pid}   912044   601220  5296128        0             0 mysqld'),
      line('oom-kill:constraint=CONSTRAINT_NONE,task=mysqld,pid={pid},uid=112'),
      line('Out of memory: Killed process {pid} (mysqld) total-vm:3648176kB, anon-rss:2404880kB, UID:112'),
      `${syslogTime(began + 2000)} {host} systemd[1]: mysql.service: Main process exited, code=killed, status=9/KILL`,
      '',
    ].join('\n'),
  };
}

function smart({ random }: Scene) {
  const row = (id: number, name: string, value: number, raw: number) => {
    const values = [value, value].map((each) => String(each).padStart(3)).join('   ');
    return `${String(id).padStart(3)} ${name.padEnd(24)}0x0033   ${values}   010    -            ${raw}`;
  };
  return {
    name: 'smart-{host}-sdb.txt',
    content: [
      'smartctl 7.4 2023-08-01 r5530 [x86_64-linux-6.8.0-{dd}-generic]',
      'Device Model:     NB960 Datacenter SSD',
      `Serial Number:    NB4F${random.int(100_000, 999_999)}`,
      'User Capacity:    960,197,124,096 bytes [960 GB]',
      'SMART overall-health self-assessment test result: PASSED',
      '',
      'ID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH WHEN_FAILED  RAW_VALUE',
      row(5, 'Reallocated_Sector_Ct', 92, random.int(40, 190)),
      row(9, 'Power_On_Hours', 95, random.int(19_000, 38_000)),
      row(177, 'Wear_Leveling_Count', 78, random.int(300, 900)),
      row(187, 'Reported_Uncorrect', 99, random.int(2, 14)),
      row(197, 'Current_Pending_Sector', 100, random.int(1, 8)),
      row(199, 'UDMA_CRC_Error_Count', 100, 0),
      '',
    ].join('\n'),
  };
}

function nginxError({ random, began }: Scene, at: number) {
  const socket = 'unix:/run/php/php8.3-fpm.sock';
  const paths = ['/', '/catalog/', '/search?q=gift', '/contact', '/login', '/api/availability', '/blog/feed'];
  const lines = moments(18, began, at).map((time, i) => {
    const stamp = new Date(time).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');
    const what = random.chance(0.7)
      ? `connect() to ${socket} failed (11: Resource temporarily unavailable) while connecting to upstream`
      : 'upstream timed out (110: Connection timed out) while reading response header from upstream';
    const request = `client: ${stranger(random)}, server: {domain}, request: "GET ${random.pick(paths)} HTTP/2.0"`;
    return `${stamp} [error] {pid}#{pid}: *${48_211 + i * 73} ${what}, ${request}, upstream: "fastcgi://${socket}:"`;
  });
  return { name: 'nginx-error.log', content: `${lines.join('\n')}\n` };
}

function mtr(scene: Scene, at: number) {
  const { random, client, servers } = scene;
  const known = (slot: string) => fill(slot, scene, { at, speaker: client });
  const loss = () => Number(known('{dd}')) + random.int(-1, 1);
  const hops: Array<[string, number, number]> = [
    ['_gateway', 0, 0.5],
    ['192.0.2.1', 0, 3.1],
    ['192.0.2.65', 0, 4.4],
    ['198.51.100.9', 0, 11.8],
    [known('{bad_ip}'), random.int(3, 9), 24.2],
    ['core-2.northbay.example', loss(), 25.1],
    [`${servers[0].node}.northbay.example`, loss(), 25.6],
    [servers[0].ip, loss(), 25.9],
  ];
  const rows = hops.map(([name, lost, ms], i) => {
    const times = [ms, ms * 1.03, ms * 0.97, ms * 2.4, ms * 0.11];
    const cells = times.map((time) => time.toFixed(1).padStart(7)).join('');
    return `${String(i + 1).padStart(3)}.|-- ${name.padEnd(34)} ${lost.toFixed(1).padStart(5)}%   200${cells}`;
  });
  const start = `Start: ${new Date(at - 12 * MINUTE).toISOString().slice(0, 19)}+0000`;
  const titles = `HOST: ${'office-gw'.padEnd(36)} Loss%   Snt   Last    Avg   Best   Wrst  StDev`;
  return { name: 'mtr-{host}.txt', content: [start, titles, ...rows, ''].join('\n') };
}

function mailLog({ random, began }: Scene, at: number) {
  const names = ['j.smith', 'karen', 'm.rossi', 'info', 'p.novak', 'lucia', 'bestellung'];
  const lines = moments(10, began, at).flatMap((time, i) => {
    const stamp = syslogTime(time);
    const id = `4${random.int(0x10000000, 0xfffffff0).toString(16).toUpperCase()}`;
    const domain = `${random.pick(['mail', 'post', 'inbox', 'web'])}.example`;
    const relay = `relay=mx.${domain}[198.51.100.${random.int(2, 250)}]:25, delay=1.${i}, dsn=5.7.1`;
    const to = `to=<${random.pick(names)}${random.int(1, 99)}@${domain}>`;
    return [
      `${stamp} {host} postfix/pickup[{pid}]: ${id}: uid=33 from=<{login}>`,
      `${stamp} {host} postfix/smtp[{pid}]: ${id}: ${to}, ${relay}, status=bounced (550 5.7.1 message rejected)`,
    ];
  });
  return { name: 'mail-{host}.log', content: `${lines.join('\n')}\n` };
}

function slowLog({ random }: Scene, at: number) {
  const entries = moments(5, at - 200 * MINUTE, at).map((time, i) => {
    const stamp = new Date(time).toISOString().replace('T', ' ').slice(0, 23);
    const duration = `${random.int(9_000, 31_000)}.${random.int(100, 999)} ms`;
    return [
      `${stamp} UTC [${random.int(900, 9999)}] {login}@{db} LOG:  duration: ${duration}  statement:`,
      `\tselect c.id, c.name, count(*), sum(t.total)`,
      `\tfrom {table} t join customers c on c.id = t.customer_id`,
      `\twhere t.created_at >= date_trunc('month', now()) - interval '${i + 1} months'`,
      `\tgroup by c.id, c.name order by 4 desc limit ${random.pick([20, 50, 100])}`,
    ].join('\n');
  });
  return { name: 'slow-{db}.log', content: `${entries.join('\n')}\n` };
}

function accessLog({ random }: Scene, at: number) {
  const lines = moments(14, at - 90 * MINUTE, at).map((time) => {
    const [, day, month, year, clock] = new Date(time).toUTCString().split(' ');
    const isPost = random.chance(0.4);
    const request = `"${isPost ? 'POST' : 'GET'} /wp-content/uploads/secure/login.php HTTP/1.1"`;
    const answer = `${isPost ? 302 : 200} ${random.int(310, 5200)} "-" "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"`;
    return `${stranger(random)} - - [${day}/${month}/${year}:${clock} +0000] ${request} ${answer}`;
  });
  return { name: 'access-{domain2}.log', content: `${lines.join('\n')}\n` };
}

function headers(_: Scene, at: number) {
  const time = new Date(at - 180 * MINUTE).toUTCString().replace('GMT', '+0000');
  return {
    name: 'message.eml',
    content: [
      `Received: from {domain} (unknown [{bad_ip}]) by mx.inbox.example with ESMTPS; ${time}`,
      'Authentication-Results: mx.inbox.example; spf=softfail smtp.mailfrom={mailbox}; dkim=none; dmarc=none',
      'X-Spam-Score: 6.{n}',
      'X-Spam-Flag: YES',
      `Date: ${time}`,
      'From: {mailbox}',
      'To: customer@inbox.example',
      'Message-ID: <{ref}.{pid}@{domain}>',
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      '',
      '(body removed)',
      '',
    ].join('\n'),
  };
}

function charges(scene: Scene, at: number) {
  const { random, client, day } = scene;
  const amount = fill('{sum}', scene, { at, speaker: client }).replace(/[^\d.]/g, '');
  const row = (daysBefore: number, reference: string) =>
    `${isoDay(day, daysBefore)};NORTHBAY HOSTING;*{card};-${amount};${reference}`;
  const earlier = [30, 61, 92].map((days) => row(days, `NB-${random.int(10_200, 48_900)}`));
  return {
    name: 'transactions.csv',
    content: [
      'date;counterparty;card;amount;reference',
      row(0, '{invoice}'),
      row(0, '{invoice}'),
      ...earlier,
      '',
    ].join('\n'),
  };
}

function reconciliation({ random }: Scene, at: number) {
  let balance = 0;
  const lines = Array.from({ length: 9 }, (_, i) => {
    const day = isoDay(at, 100 - i * 10);
    const amount = i % 3 === 2 ? balance : random.int(40, 240) * 90;
    balance += i % 3 === 2 ? -amount : amount;
    const document = `NB-${random.int(10_200, 48_900)}`;
    return i % 3 === 2
      ? `${day};Оплата;;${amount};${balance}`
      : `${day};Акт ${document};${amount};;${balance}`;
  });
  return { name: 'akt-sverki.csv', content: `дата;документ;дебет;кредит;сальдо\n${lines.join('\n')}\n` };
}

function availability(scene: Scene, at: number) {
  const { random, client } = scene;
  const minutesDown = Number(fill('{n}', scene, { at, speaker: client }));
  const planned = random.int(20, 70);
  const lines = Array.from({ length: 90 }, (_, i) => {
    const down = i === planned ? minutesDown : 0;
    return `${isoDay(at, 95 - i)},{host},${(100 - down / 14.4).toFixed(2)},${down}`;
  });
  return {
    name: 'availability-{host}.csv',
    content: `date,server,percent,minutes_down\n${lines.join('\n')}\n`,
  };
}

const MINUTE = 60_000;

/** So many moments from the first to shortly before the second. */
const moments = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, i) => from + Math.floor(((to - from) * i) / count) + ((i * 7919) % 1000));

const isoDay = (at: number, daysAgo: number) =>
  new Date(at - daysAgo * 24 * 60 * MINUTE).toISOString().slice(0, 10);

const stranger = (random: Random) => `192.0.2.${random.int(2, 250)}`;
