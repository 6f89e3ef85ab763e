import { Email, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Locale = Type.Unsafe<'en' | 'ru'>({ type: 'string', enum: ['en', 'ru'] });

/** The person who signs in, as the panel describes them. */
export const SsoContact = Type.Object(
  {
    user: Type.Object(
      {
        id: Text(200, 'The id of the contact in the panel. It must not change.'),
        name: Text(255, 'Shown to staff, and as the author of what the contact writes.'),
        email: Type.Optional(Nullable(Email)),
        projects: Type.Optional(
          Type.Array(Text(64), {
            maxItems: 100,
            description: 'The projects of the contact. They see tickets of these projects.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    locale: Type.Optional(Locale),
  },
  { additionalProperties: false },
);
export type SsoContact = Type.Static<typeof SsoContact>;

/** The claims of a host's signed token. */
export const SsoClaims = Type.Object({
  sub: Type.String({ minLength: 1, maxLength: 255 }),
  jti: Type.String({ minLength: 1, maxLength: 255 }),
  iat: Type.Number(),
  exp: Type.Number(),
  user: Type.Object({ ...SsoContact.properties.user.properties }),
  locale: Type.Optional(Locale),
});
export type SsoClaims = Type.Static<typeof SsoClaims>;

export const SignInLink = Type.Object(
  {
    url: Type.String({
      description:
        'The link that signs the contact in, once. The code is after the `#`, so no server logs it.',
    }),
    expires_at: Timestamp,
  },
  { $id: 'SignInLink', description: 'A sign-in link. It works once.' },
);

/** One of the two. A separate schema for each would not give a better message. */
export const Sso = Type.Object(
  {
    code: Type.Optional(
      Type.String({ maxLength: 100, description: 'The part of the sign-in link after the `#`.' }),
    ),
    token: Type.Optional(
      Type.String({ maxLength: 8000, description: 'A token (JWT) that the host has signed.' }),
    ),
  },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);

export const ClientSession = Type.Object(
  {
    expires_at: Type.String({
      format: 'date-time',
      description: 'When the session ends, unless it is renewed before.',
    }),
    renewable_until: Type.String({
      format: 'date-time',
      description: 'When it ends and cannot be renewed any more.',
    }),
    account: Type.Object({ external_id: Type.String(), name: Type.String() }),
    user: Type.Object({
      id: Type.String(),
      name: Type.String(),
      email: Nullable(Type.String()),
      projects: Type.Array(Type.String()),
      locale: Locale,
    }),
  },
  { $id: 'ClientSession', description: 'A contact whom the panel has signed in.' },
);
export type ClientSession = Type.Static<typeof ClientSession>;

export const OpenedClientSession = Type.Object(
  {
    token: Type.String({ description: 'The key of the session, for X-Token. Shown only once.' }),
    ...ClientSession.properties,
  },
  { $id: 'OpenedClientSession', description: 'A client session, with its key.' },
);
export type OpenedClientSession = Type.Static<typeof OpenedClientSession>;

/** A session as staff see it. */
export const AccountSession = Type.Object(
  {
    session_id: Type.Integer(),
    user: Type.Object({ id: Type.String(), name: Type.String(), email: Nullable(Type.String()) }),
    token_id: Nullable(Type.Integer(), 'The token of the service that created the sign-in link.'),
    kid: Nullable(Type.String(), 'The SSO key that signed the token.'),
    expires_at: Timestamp,
    created_at: Timestamp,
  },
  { $id: 'AccountSession', description: 'An open client session.' },
);
export type AccountSession = Type.Static<typeof AccountSession>;

export const EndedSessions = Type.Object({
  ended: Type.Integer({ description: 'The number of sessions that were ended.' }),
});
