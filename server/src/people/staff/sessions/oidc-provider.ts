/** The host's own identity provider (OpenID Connect Core 1.0): the code flow with PKCE, state and nonce. */
import { hash } from 'node:crypto';
import * as oidc from 'openid-client';
import { type ApiError, signInRefused, unavailable } from '#errors.ts';
import { isSame, newSecret } from '#platform/secrets.ts';

interface ProviderSettings {
  oidcIssuer: string;
  oidcClientId: string;
  oidcClientSecret: string;
}

/** Whom the provider vouches for. An address that is not verified is nobody's. */
export interface Identity {
  issuer: string;
  subject: string;
  verifiedEmail: string | undefined;
}

interface Provider {
  /** Where to send the browser, and the ticket that it has to bring back. */
  begin(redirectUri: string): Promise<{ url: string; ticket: string }>;
  /** Who came back to this address. Throws a 400 for whoever has no ticket of this very flow. */
  finish(callback: URL, ticket: string | undefined): Promise<Identity>;
}

export const FLOW_SECONDS = 600;
const PATIENCE_SECONDS = 5;

/** Nothing is asked of the provider before somebody signs in: an instance starts without it. */
export function openProvider(settings: ProviderSettings): Provider | undefined {
  if (settings.oidcIssuer === '') return undefined;
  let discovered: Promise<oidc.Configuration> | undefined;
  const configuration = () => {
    discovered ??= discover(settings).catch((error) => {
      discovered = undefined; // the next one asks again
      throw refusalOf(error);
    });
    return discovered;
  };

  return {
    async begin(redirectUri) {
      const ticket = `${nowSeconds() + FLOW_SECONDS}.${newSecret()}`;
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid email',
        state: derived('state', ticket),
        nonce: derived('nonce', ticket),
        code_challenge: await oidc.calculatePKCECodeChallenge(derived('verifier', ticket)),
        code_challenge_method: 'S256',
      });
      return { url: url.href, ticket };
    },

    async finish(callback, ticket) {
      if (!ticket || !isOf(ticket, callback.searchParams.get('state') ?? '')) throw signInRefused();
      const config = await configuration();
      return identify(config, callback, ticket).catch((error) => {
        throw refusalOf(error);
      });
    },
  };
}

async function discover({ oidcIssuer, oidcClientId, oidcClientSecret }: ProviderSettings) {
  const issuer = new URL(oidcIssuer);
  return oidc.discovery(issuer, oidcClientId, undefined, oidc.ClientSecretBasic(oidcClientSecret), {
    timeout: PATIENCE_SECONDS,
    execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [], // config.ts takes http on loopback only
  });
}

async function identify(config: oidc.Configuration, callback: URL, ticket: string): Promise<Identity> {
  const tokens = await oidc.authorizationCodeGrant(config, callback, {
    expectedState: derived('state', ticket),
    expectedNonce: derived('nonce', ticket),
    pkceCodeVerifier: derived('verifier', ticket),
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw signInRefused();
  // Many providers keep the address out of the ID token.
  const { email, email_verified } =
    claims.email === undefined ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : claims;
  const isVerified = email_verified === true && typeof email === 'string';
  return { issuer: claims.iss, subject: claims.sub, verifiedEmail: isVerified ? email : undefined };
}

/** What the flow needs is derived from its ticket: nothing is stored, and a ticket with another end is another one. */
const derived = (what: string, ticket: string) => hash('sha256', `${what} ${ticket}`, 'base64url');

/** Whether the ticket is of this flow, and still good. */
function isOf(ticket: string, state: string): boolean {
  return isSame(state, derived('state', ticket)) && Number(ticket.split('.')[0]) > nowSeconds();
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** What the provider, or the one who came back, got wrong is no fault of ours; a provider that does not answer is. */
function refusalOf(error: unknown): ApiError {
  const { code, error: said } = error as { code?: string; error?: string };
  const isInactive = error instanceof TypeError || silences.has(code ?? '') || said === 'invalid_client';
  return isInactive
    ? Object.assign(
        unavailable('provider_unavailable', 'The identity provider does not answer as it should.'),
        {
          cause: error,
        },
      )
    : signInRefused();
}

const silences = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
]);
