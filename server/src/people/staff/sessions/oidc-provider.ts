/** The host's own identity provider (OpenID Connect Core 1.0): authorization code flow with PKCE, state and nonce. */
import { hash } from 'node:crypto';
import * as oidc from 'openid-client';
import { type ApiError, signInRefused, unavailable } from '#errors.ts';
import { isEqualSecret, newSecret } from '#platform/secrets.ts';

interface ProviderSettings {
  oidcIssuer: string;
  oidcClientId: string;
  oidcClientSecret: string;
}

/** The person whom the provider identified. An unverified address is ignored. */
export interface Identity {
  issuer: string;
  subject: string;
  verifiedEmail: string | undefined;
}

interface Provider {
  /** The URL of the provider, and the secret of this flow, which the browser must bring back. */
  begin(redirectUri: string): Promise<{ url: string; ticket: string }>;
  /** Identifies the person who came back to the callback. Throws a 400 without the secret of this flow. */
  finish(callback: URL, ticket: string | undefined): Promise<Identity>;
}

export const FLOW_SECONDS = 600;
const TIMEOUT_SECONDS = 5;

/** The provider is contacted only when somebody signs in: an instance starts without it. */
export function openProvider(settings: ProviderSettings): Provider | undefined {
  if (settings.oidcIssuer === '') return undefined;
  let discovered: Promise<oidc.Configuration> | undefined;
  const configuration = () => {
    discovered ??= discover(settings).catch((error) => {
      discovered = undefined; // the next sign-in tries again
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
      if (!ticket || !belongsToFlow(ticket, callback.searchParams.get('state') ?? '')) throw signInRefused();
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
    timeout: TIMEOUT_SECONDS,
    execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [], // config.ts allows http on loopback only
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
  // Many providers do not put the address into the ID token.
  const { email, email_verified } =
    claims.email === undefined ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : claims;
  const isVerified = email_verified === true && typeof email === 'string';
  return { issuer: claims.iss, subject: claims.sub, verifiedEmail: isVerified ? email : undefined };
}

/**
 * State, nonce and PKCE verifier are derived from the flow's secret: nothing is stored, and a changed secret fits
 * nothing.
 */
const derived = (what: string, ticket: string) => hash('sha256', `${what} ${ticket}`, 'base64url');

/** Whether the secret belongs to this flow and has not expired. */
function belongsToFlow(ticket: string, state: string): boolean {
  return isEqualSecret(state, derived('state', ticket)) && Number(ticket.split('.')[0]) > nowSeconds();
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** Errors of the provider or of the caller are refusals; a provider that does not respond is a 503. */
function refusalOf(error: unknown): ApiError {
  const { code, error: description } = error as { code?: string; error?: string };
  const isInactive =
    error instanceof TypeError || timeoutCodes.has(code ?? '') || description === 'invalid_client';
  return isInactive
    ? Object.assign(
        unavailable(
          'provider_unavailable',
          'The identity provider does not respond correctly. Try again later.',
        ),
        {
          cause: error,
        },
      )
    : signInRefused();
}

const timeoutCodes = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
]);
