/** A small load balancer: forwards requests in turn to the servers that are ready. It never sends a request twice. */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { isReady } from './server.ts';

export interface Balancer {
  url: string;
  readyCount(): number;
  close(): void;
}

interface Upstream {
  url: string;
  agent: Agent;
  isReady: boolean;
}

const LOOK_EVERY_MS = 100; // well within the time for which a stopping server still accepts requests

export async function startBalancer(urls: string[]): Promise<Balancer> {
  const upstreams: Upstream[] = urls.map((url) => ({
    url,
    agent: new Agent({ keepAlive: true }),
    isReady: true,
  }));
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const ready = upstreams.filter((upstream) => upstream.isReady);
    const upstream = ready[turn++ % ready.length];
    if (upstream) pass(upstream, incoming, outgoing);
    else refuse(outgoing);
  });
  server.keepAliveTimeout = 0; // callers decide when a connection ends, so none ends during a request
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  for (const upstream of upstreams) void watch(upstream);

  async function watch(upstream: Upstream) {
    while (server.listening) {
      upstream.isReady = await isReady(upstream.url);
      await wait(LOOK_EVERY_MS);
    }
  }

  return {
    url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
    readyCount: () => upstreams.filter((upstream) => upstream.isReady).length,
    close() {
      server.close();
      server.closeAllConnections();
      for (const { agent } of upstreams) agent.destroy();
    },
  };
}

function pass({ url, agent }: Upstream, incoming: IncomingMessage, outgoing: ServerResponse) {
  const { method, headers, url: path } = incoming;
  const onward = request(`${url}${path}`, { method, headers, agent }, (response) => {
    const { connection, 'keep-alive': keepAlive, ...onwardHeaders } = response.headers; // hop-by-hop headers of the connection to the server
    outgoing.writeHead(response.statusCode ?? 502, onwardHeaders);
    response.pipe(outgoing);
  });
  onward.on('error', () => refuse(outgoing));
  incoming.pipe(onward);
}

function refuse(outgoing: ServerResponse) {
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(502, { 'content-type': 'application/json' }).end('{}');
}
