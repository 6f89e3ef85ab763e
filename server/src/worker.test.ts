import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import { after, test } from 'node:test';
import pg from 'pg';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { startWorker } from './worker.ts';

const instance = await openInstance();
after(() => instance.close());

test('a stopped worker survives a database that ends before its connections are closed', async () => {
  const database = await openPassage(instance.url);
  const faults: string[] = [];
  const log = (level: string, message: string) => void (level === 'error' && faults.push(message));
  const worker = await startWorker({
    database: { ...instance.database, url: database.url },
    files: instance.files,
    followers: [],
    log,
  });
  await worker.stop();
  database.end();
  await eventually(() => faults.some((fault) => fault.includes('terminating connection')));
});

const GOODBYE = 'X'.charCodeAt(0); // the first byte of PostgreSQL's Terminate message

/**
 * A proxy to the database that drops Terminate messages, and can send the errors of a database that is shutting down.
 */
async function openPassage(url: string) {
  const { host, port, user, password, database } = new pg.Client(url);
  const target: NetConnectOpts = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = connect(target);
    sockets.add(socket);
    socket.on('error', () => {}).on('data', (data) => data[0] === GOODBYE || onward.write(data));
    onward.on('error', () => {}).pipe(socket);
    socket.on('close', () => onward.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: ours } = server.address() as AddressInfo; // a TCP server's address
  return {
    url: `postgresql://${user}:${password}@127.0.0.1:${ours}/${database}`,
    end: () => {
      for (const socket of sockets)
        socket.end(fatal('57P01', 'terminating connection due to administrator command'));
      server.close();
    },
  };
}

/** An ErrorResponse of PostgreSQL's protocol. */
function fatal(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + fields.length, 1);
  return Buffer.concat([head, fields]);
}
