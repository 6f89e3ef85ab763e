/** Prometheus metrics and the health of this process. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import client from 'prom-client';
import { forbidden } from '#errors.ts';
import type { Database } from '#platform/db/database.ts';
import type { FeedFollower } from '#platform/events/feed-follower.ts';
import { isEqualSecret } from '#platform/secrets.ts';
import type { Connections } from './connections.ts';
import { isFromThisMachine } from './public-url.ts';

export interface Health {
  /** False from the moment the server is told to stop, so that a load balancer sends requests elsewhere. */
  isAccepting: boolean;
  warnings: string[];
}

interface MetricsSources {
  database: Database;
  /** The open event streams. */
  streams: { count(): number };
  followers: FeedFollower[];
  connections: Connections;
  health: Health;
  metricsToken: string;
}

export function exposeMetrics(
  app: FastifyInstance,
  { database, streams, followers, connections, health, metricsToken }: MetricsSources,
) {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  const requests = new client.Histogram({
    name: 'paneldesk_request_seconds',
    help: 'Time from the first byte of a request to the last byte of its response.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  gauge(registry, 'paneldesk_streams', 'Open event streams.', () => streams.count());
  gauge(registry, 'paneldesk_connections', 'Open client connections.', () => connections.count());
  gauge(
    registry,
    'paneldesk_connections_refused',
    'Connections closed immediately because MAX_CONNECTIONS were open, since the start.',
    () => connections.refused(),
  );
  gauge(
    registry,
    'paneldesk_database_connections',
    'Connections to PostgreSQL.',
    () => database.pool.totalCount,
  );
  gauge(
    registry,
    'paneldesk_database_waiting',
    'Requests that wait for a database connection.',
    () => database.pool.waitingCount,
  );
  followerGauge(
    registry,
    followers,
    'paneldesk_follower_lag_seconds',
    'Age of the next event that this follower of the feed has not processed. 0 if there is none.',
    (follower) => follower.lagSeconds(database.db),
  );
  followerGauge(
    registry,
    followers,
    'paneldesk_set_aside_events',
    'Events that this follower of the feed could not process.',
    (follower) => follower.countSetAside(database.db),
  );
  gauge(
    registry,
    'paneldesk_event_loop_delay_p999_seconds',
    'Delay of the event loop since the last scrape, 99.9th percentile.',
    eventLoopDelay(),
  );

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });

  const hidden = { config: { access: 'public' as const }, schema: { hide: true } };
  app.get('/health/live', hidden, async () => ({ status: 'ok' }));
  app.get('/health/ready', hidden, async (_request, reply) => {
    const status = health.isAccepting ? await databaseStatus(database) : 'stopping';
    if (status !== 'ok') reply.code(503).header('retry-after', '2');
    return { status, warnings: health.warnings };
  });
  app.get('/metrics', hidden, async (request, reply) => {
    if (!mayRead(request, metricsToken)) {
      throw forbidden(
        'Metrics need METRICS_TOKEN as a bearer token. Without that setting they are for requests from the same machine.',
      );
    }
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function gauge(registry: client.Registry, name: string, help: string, read: () => number) {
  new client.Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

/** A gauge with one value per follower, and none while the database is unreachable. */
function followerGauge(
  registry: client.Registry,
  followers: FeedFollower[],
  name: string,
  help: string,
  read: (follower: FeedFollower) => Promise<number>,
) {
  new client.Gauge({
    name,
    help,
    labelNames: ['follower'] as const,
    registers: [registry],
    async collect() {
      this.reset();
      for (const follower of followers) {
        const value = await read(follower).catch(() => undefined);
        if (value !== undefined) this.set({ follower: follower.followerName }, value);
      }
    },
  });
}

/** Returns the delay since the last call. Node's measurement includes the 10 ms between two samples. */
function eventLoopDelay() {
  const everyMs = 10;
  const histogram = monitorEventLoopDelay({ resolution: everyMs });
  histogram.enable();
  return () => {
    const delay = histogram.percentile(99.9) / 1e9 - everyMs / 1000;
    histogram.reset();
    return Math.max(0, delay);
  };
}

async function databaseStatus(database: Database): Promise<string> {
  try {
    await database.pool.query('select 1');
    return 'ok';
  } catch {
    return 'database unavailable';
  }
}

/** Without a token, only a local request may read the metrics. */
function mayRead(request: FastifyRequest, token: string): boolean {
  if (token !== '') return isEqualSecret(request.headers.authorization ?? '', `Bearer ${token}`);
  return isFromThisMachine(request);
}
