/** A real identity provider on loopback that signs people in automatically, and a browser that visits it. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface Person {
  email: string;
  email_verified: boolean;
}

export const client = { client_id: 'paneldesk', client_secret: 'a secret between the two' };

export interface IdentityProvider {
  issuer: string;
  /** The people who have an account there, by subject. */
  people: Record<string, Person>;
  /** Who signs in; undefined refuses. */
  subject: string | undefined;
  /** Sets the redirect URI of the instance. */
  serve(redirectUri: string): void;
  stop(): Promise<void>;
  resume(): Promise<void>;
}

export async function startProvider(): Promise<IdentityProvider> {
  let handle: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => handle(request, response));
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo; // it listens on a port
  const issuer = `http://127.0.0.1:${port}`;
  const world: IdentityProvider = {
    issuer,
    people: {},
    subject: undefined,
    serve(redirectUri) {
      const provider = openProvider(world, redirectUri);
      const callback = provider.callback();
      handle = (request, response) => {
        if (!request.url?.startsWith('/interaction/')) return callback(request, response);
        const result = world.subject ? { login: { accountId: world.subject } } : { error: 'access_denied' };
        void provider.interactionFinished(request, response, result);
      };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    resume: () => listen(port),
  };
  return world;
}

function openProvider({ issuer, people }: IdentityProvider, redirectUri: string): Provider {
  const provider: Provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['a key of this test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...people[sub] }),
    }),
    loadExistingGrant: async ({ oidc: { session } }) => {
      const grant = new provider.Grant({ clientId: client.client_id, accountId: session?.accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  return provider;
}

/** Follows redirects like a browser, with cookies per host, up to `until` or the first page. */
export function newBrowser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: URL) => jars.get(url.host) ?? new Map<string, string>();

  async function get(url: string): Promise<Response> {
    const at = new URL(url);
    const jar = jarOf(at);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    jars.set(at.host, jar);
    return response;
  }

  async function follow(
    url: string,
    until: (next: string) => boolean,
  ): Promise<{ url: string; last: Response }> {
    const last = await get(url);
    const next = last.headers.get('location');
    if (next === null) return { url, last };
    const absolute = new URL(next, url).href;
    return until(absolute) ? { url: absolute, last } : follow(absolute, until);
  }

  return { get, follow, cookies: (url: string) => jarOf(new URL(url)) };
}
