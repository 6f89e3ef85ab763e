/** Files that people attach: logs, reports and graphs about the servers of the ticket, from the hours before it. */
import { graph } from './png.ts';
import { fill, type Scene, syslogTime } from './slots.ts';

export interface Attachment {
  name: string;
  content: Buffer;
}

export type AttachmentKind = keyof typeof kinds;

export function makeAttachment(kind: AttachmentKind, scene: Scene, at: number): Attachment {
  const { name, content } = kinds[kind](scene, at);
  const saying = { at, speaker: scene.client };
  return {
    name: fill(name, scene, saying),
    content: typeof content === 'string' ? Buffer.from(fill(content, scene, saying)) : content,
  };
}

type Maker = (scene: Scene, at: number) => { name: string; content: string | Buffer };

const MINUTE = 60_000;

const kinds = {
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

function oom(_: Scene, at: number) {
  const time = syslogTime(at - 75 * MINUTE);
  const workers = ['80412', '79954', '81208', '78877', '80031'].map(
    (pages, i) =>
      `${time} {host} kernel: [${4_010_221 + i}]    33 {pid}  61204    ${pages}   229376        0             0 php-fpm8.3`,
  );
  return {
    name: 'kern-{host}.log',
    content: [
      `${time} {host} kernel: mysqld invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0`,
      `${time} {host} kernel: CPU: 1 PID: {pid} Comm: mysqld Not tainted 6.8.0-{dd}-generic`,
      `${time} {host} kernel: Tasks state (memory values in pages):`,
      `${time} {host} kernel: [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name`,
      ...workers,
      `${time} {host} kernel: [{pid}]   112 {pid}  912044   601220  5296128        0             0 mysqld`,
      `${time} {host} kernel: oom-kill:constraint=CONSTRAINT_NONE,task=mysqld,pid={pid},uid=112`,
      `${time} {host} kernel: Out of memory: Killed process {pid} (mysqld) total-vm:3648176kB, anon-rss:2404880kB, file-rss:0kB, UID:112`,
      `${syslogTime(at - 75 * MINUTE + 2000)} {host} systemd[1]: mysql.service: Main process exited, code=killed, status=9/KILL`,
      '',
    ].join('\n'),
  };
}

function smart({ random }: Scene) {
  const row = (id: number, name: string, value: number, raw: number) =>
    `${String(id).padStart(3)} ${name.padEnd(24)}0x0033   ${String(value).padStart(3)}   ${String(value).padStart(3)}   010    -            ${raw}`;
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

function nginxError({ random }: Scene, at: number) {
  const paths = ['/', '/catalog/', '/search?q=chair', '/cart', '/login', '/api/availability', '/blog/feed'];
  const lines = Array.from({ length: 18 }, (_, i) => {
    const time = new Date(at - (60 - i * 3) * MINUTE)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')
      .replaceAll('-', '/');
    const what = random.chance(0.7)
      ? 'connect() to unix:/run/php/php8.3-fpm.sock failed (11: Resource temporarily unavailable) while connecting to upstream'
      : 'upstream timed out (110: Connection timed out) while reading response header from upstream';
    return `${time} [error] {pid}#{pid}: *${48_211 + i * random.int(20, 90)} ${what}, client: 192.0.2.${random.int(2, 250)}, server: {domain}, request: "GET ${random.pick(paths)} HTTP/2.0", upstream: "fastcgi://unix:/run/php/php8.3-fpm.sock:", host: "{domain}"`;
  });
  return { name: 'nginx-error.log', content: `${lines.join('\n')}\n` };
}

function mtr({ random }: Scene, at: number) {
  const hops = [
    ['_gateway', 0, 0.5],
    ['192.0.2.1', 0, 3.1],
    ['192.0.2.65', 0, 4.4],
    ['198.51.100.9', 0, 11.8],
    ['{bad_ip}', random.int(3, 9), 24.2],
    ['core-2.northbay.example', random.int(10, 18), 25.1],
    ['{node}.northbay.example', random.int(10, 18), 25.6],
    ['{host} ({ip})', random.int(10, 18), 25.9],
  ] as const;
  const rows = hops.map(([name, loss, ms], i) => {
    const times = [ms, ms + random.int(1, 9) / 10, ms - 0.2, ms * 2.4, random.int(1, 90) / 10];
    const cells = times.map((time) => time.toFixed(1).padStart(7)).join('');
    return `${String(i + 1).padStart(3)}.|-- ${name.padEnd(34)} ${loss.toFixed(1).padStart(5)}%   200${cells}`;
  });
  return {
    name: 'mtr-{host}.txt',
    content: [
      `Start: ${new Date(at - 12 * MINUTE).toISOString().slice(0, 19)}+0000`,
      'HOST: office-gw                             Loss%   Snt   Last    Avg   Best   Wrst  StDev',
      ...rows,
      '',
    ].join('\n'),
  };
}

function mailLog({ random }: Scene, at: number) {
  const lines = Array.from({ length: 10 }, (_, i) => {
    const time = syslogTime(at - (40 - i) * MINUTE);
    const id = `4${random.int(0x10000000, 0xfffffff0).toString(16).toUpperCase()}`;
    const to = `${random.pick(['j.smith', 'karen', 'm.rossi', 'info', 'p.novak', 'lucia', 'bestellung'])}${random.int(1, 99)}@${random.pick(['mail', 'post', 'inbox', 'web'])}.example`;
    return [
      `${time} {host} postfix/pickup[{pid}]: ${id}: uid=33 from=<{login}>`,
      `${time} {host} postfix/smtp[{pid}]: ${id}: to=<${to}>, relay=mx.${to.split('@')[1]}[198.51.100.${random.int(2, 250)}]:25, delay=1.${i}, dsn=5.7.1, status=bounced (550 5.7.1 message content rejected)`,
    ].join('\n');
  });
  return { name: 'mail-{host}.log', content: `${lines.join('\n')}\n` };
}

function slowLog({ random }: Scene, at: number) {
  const entries = Array.from({ length: 5 }, (_, i) => {
    const time = new Date(at - (200 - i * 35) * MINUTE).toISOString().replace('T', ' ').slice(0, 23);
    return [
      `${time} UTC [${random.int(900, 9999)}] {login}@{db} LOG:  duration: ${random.int(9_000, 31_000)}.${random.int(100, 999)} ms  statement:`,
      `\tselect c.id, c.name, count(*), sum(t.total)`,
      `\tfrom {table} t join customers c on c.id = t.customer_id`,
      `\twhere t.created_at >= date_trunc('month', now()) - interval '${i + 1} months'`,
      `\tgroup by c.id, c.name order by 4 desc limit ${random.pick([20, 50, 100])}`,
    ].join('\n');
  });
  return { name: 'slow-{db}.log', content: `${entries.join('\n')}\n` };
}

function accessLog({ random }: Scene, at: number) {
  const lines = Array.from({ length: 14 }, (_, i) => {
    const [, day, month, year, time] = new Date(at - (90 - i * 5) * MINUTE).toUTCString().split(' ');
    const isPost = random.chance(0.4);
    return `192.0.2.${random.int(2, 250)} - - [${day}/${month}/${year}:${time} +0000] "${isPost ? 'POST' : 'GET'} /wp-content/uploads/secure/login.php HTTP/1.1" ${isPost ? 302 : 200} ${random.int(310, 5200)} "-" "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"`;
  });
  return { name: 'access-{domain2}.log', content: `${lines.join('\n')}\n` };
}

function headers(_: Scene, at: number) {
  const time = new Date(at - 180 * MINUTE).toUTCString().replace('GMT', '+0000');
  return {
    name: 'message.eml',
    content: [
      `Received: from {bad_ip} (unknown [{bad_ip}]) by mx.inbox.example with ESMTPS; ${time}`,
      'Authentication-Results: mx.inbox.example; spf=softfail smtp.mailfrom={mailbox}; dkim=none; dmarc=none header.from={domain}',
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

function charges({ random }: Scene, at: number) {
  const day = (daysAgo: number) => new Date(at - daysAgo * 1440 * MINUTE).toISOString().slice(0, 10);
  const other = Array.from(
    { length: 4 },
    (_, i) =>
      `${day(30 + i * 9)};NORTHBAY HOSTING;*{card};-${random.int(9, 240)}.00;NB-${random.int(10_200, 48_900)}`,
  );
  return {
    name: 'transactions.csv',
    content: [
      'date;counterparty;card;amount;reference',
      `${day(3)};NORTHBAY HOSTING;*{card};{sum};{invoice}`,
      `${day(3)};NORTHBAY HOSTING;*{card};{sum};{invoice}`,
      ...other,
      '',
    ].join('\n'),
  };
}

function reconciliation({ random }: Scene, at: number) {
  let balance = 0;
  const lines = Array.from({ length: 9 }, (_, i) => {
    const amount = random.int(40, 240) * 90;
    const isPayment = i % 3 === 2;
    balance += isPayment ? -balance : amount;
    const day = new Date(at - (100 - i * 10) * 1440 * MINUTE).toISOString().slice(0, 10);
    return `${day};${isPayment ? 'Оплата' : `Акт NB-${random.int(10_200, 48_900)}`};${isPayment ? '' : amount};${isPayment ? 'по счёту' : ''};${balance}`;
  });
  return { name: 'akt-sverki.csv', content: `дата;документ;дебет;кредит;сальдо\n${lines.join('\n')}\n` };
}

function availability({ random }: Scene, at: number) {
  const quiet = random.int(20, 70);
  const lines = Array.from({ length: 90 }, (_, i) => {
    const day = new Date(at - (95 - i) * 1440 * MINUTE).toISOString().slice(0, 10);
    return `${day},{host},${i === quiet ? '99.51,7' : '100.00,0'}`;
  });
  return {
    name: 'availability-{host}.csv',
    content: `date,server,percent,minutes_down\n${lines.join('\n')}\n`,
  };
}
