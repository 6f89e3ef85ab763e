import Type from 'typebox';
import Format from 'typebox/format';
import { Email, isEmail, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';

// TypeBox checks claims itself and has its own format for addresses, which is replaced by ours.
Format.Set('email', isEmail);

const Locale = Type.Unsafe<'en' | 'ru'>({ type: 'string', enum: ['en', 'ru'] });

/** The person who signs in, as the panel describes them. */
export const SsoContact = Type.Object(
  {
    user: Type.Object(
      {
        id: Text(200, 'The panel’s own name for the person; it stays theirs.'),
        name: Text(255, 'Shown to support, and at what they write.'),
        email: Type.Optional(Nullable(Email)),
        projects: Type.Optional(
          Type.Array(Text(64), {
            maxItems: 100,
            description:
              'The projects of the account that are theirs: they see the tickets for their people.',
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
      description: 'Signs the person in, once. The secret is behind the #: no server logs it.',
    }),
    expires_at: Timestamp,
  },
  { $id: 'SignInLink', description: 'A one-time link into the client panel.' },
);

/** One of the two. A separate schema for each would not give a better message. */
export const Sso = Type.Object(
  {
    code: Type.Optional(Type.String({ maxLength: 100, description: 'Behind the # of a one-time link.' })),
    token: Type.Optional(
      Type.String({ maxLength: 8000, description: 'A token that the host has signed (JWT).' }),
    ),
  },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);

export const ClientSession = Type.Object(
  {
    expires_at: Type.String({ format: 'date-time', description: 'Unless it is renewed before.' }),
    renewable_until: Type.String({ format: 'date-time', description: 'When it ends for good.' }),
    account: Type.Object({ external_id: Type.String(), name: Type.String() }),
    user: Type.Object({
      id: Type.String(),
      name: Type.String(),
      email: Nullable(Type.String()),
      projects: Type.Array(Type.String()),
      locale: Locale,
    }),
  },
  { $id: 'ClientSession', description: 'A person whom the panel has handed over.' },
);
export type ClientSession = Type.Static<typeof ClientSession>;

export const OpenedClientSession = Type.Object(
  { token: Type.String({ description: 'For X-Token. Shown this once.' }), ...ClientSession.properties },
  { $id: 'OpenedClientSession', description: 'A session that has just begun.' },
);
export type OpenedClientSession = Type.Static<typeof OpenedClientSession>;

/** A session as staff see it. */
export const AccountSession = Type.Object(
  {
    session_id: Type.Integer(),
    user: Type.Object({ id: Type.String(), name: Type.String(), email: Nullable(Type.String()) }),
    token_id: Nullable(Type.Integer(), 'The service that handed the person over.'),
    kid: Nullable(Type.String(), 'The key that signed for the person.'),
    expires_at: Timestamp,
    created_at: Timestamp,
  },
  { $id: 'AccountSession', description: 'A client’s session that is open.' },
);
export type AccountSession = Type.Static<typeof AccountSession>;

export const EndedSessions = Type.Object({ ended: Type.Integer({ description: 'How many they were.' }) });
