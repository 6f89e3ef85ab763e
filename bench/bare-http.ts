/** The lower bound for everything: node:http that sends as much JSON as a ticket, without a database. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const ticket = {
  number: 100_001,
  summary: 'x'.repeat(60),
  status: { en: 'Open', ru: 'Открыт' },
  text: 'x'.repeat(400),
};

const server = createServer((_request, response) => {
  const text = JSON.stringify(ticket);
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // it listens on TCP
  console.log(`http://127.0.0.1:${port}`);
});
process.on('SIGTERM', () => process.exit(0));
