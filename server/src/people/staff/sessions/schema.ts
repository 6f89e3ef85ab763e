import { ChosenPassword } from '#people/staff/schema.ts';
import { Nullable, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Code = Type.String({
  minLength: 6,
  maxLength: 40,
  description:
    'Six digits of an authenticator app, or a recovery code. Needed if the second factor is enabled.',
});

export const Session = Type.Object(
  {
    session_id: Type.Integer(),
    ip: Type.String({ description: 'The address from which the member signed in.' }),
    user_agent: Nullable(Type.String()),
    created_at: Timestamp,
    last_used_at: Timestamp,
    is_current: Type.Boolean({ description: 'Whether it is the session of this request.' }),
  },
  { $id: 'Session', description: 'A session of a team member.' },
);
export type Session = Type.Static<typeof Session>;

export const SessionPath = Type.Object({
  session_id: Type.Integer({ description: 'The id of the session.' }),
});

export const SignIn = Type.Object(
  {
    email: Type.String({ minLength: 1, maxLength: 254 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
    code: Type.Optional(Code),
  },
  { additionalProperties: false },
);
export type SignIn = Type.Static<typeof SignIn>;

export const Acceptance = Type.Object(
  {
    secret: Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'The secret of an invitation or a reset.',
    }),
    password: ChosenPassword,
  },
  { additionalProperties: false },
);
export type Acceptance = Type.Static<typeof Acceptance>;

export const Accepted = Type.Object({
  email: Type.String({ description: 'The address to sign in with.' }),
});

export const SignInMethods = Type.Object({
  oidc: Type.Boolean({
    description: 'Whether an identity provider is configured: `GET /staff/session/oidc`.',
  }),
});

export const SignedIn = Type.Object({ session_id: Type.Integer() });

export const SignedOut = Type.Object({
  session_id: Nullable(Type.Integer(), 'The session that ended. Null if there was none.'),
});
