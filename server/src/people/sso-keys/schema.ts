import { Change, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Algorithm = Type.Unsafe<'HS256' | 'EdDSA' | 'ES256'>({
  type: 'string',
  enum: ['HS256', 'EdDSA', 'ES256'],
  description:
    'With HS256 the server creates a shared secret. With the others the host keeps its private key.',
});
const Name = Text(100);
const ISSUER = 'The required `iss` of a token. Null: any.';
const Issuer = Nullable(Text(255), ISSUER);
const Kid = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^[A-Za-z0-9._~-]+$',
  description: 'The `kid` in the header of a signed token. The server creates one if it is left out.',
});
const Coordinate = Type.String({ minLength: 1, maxLength: 100 });

/** The public key (RFC 7517), with the optional members that libraries add. */
const PublicJwk = Type.Object(
  {
    kty: Type.String({ enum: ['OKP', 'EC'] }),
    crv: Type.String({ enum: ['Ed25519', 'P-256'] }),
    x: Coordinate,
    y: Type.Optional(Coordinate),
    kid: Type.Optional(Type.String({ maxLength: 200 })),
    alg: Type.Optional(Type.String({ maxLength: 20 })),
    use: Type.Optional(Type.String({ maxLength: 20 })),
    key_ops: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 })),
    ext: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, description: 'The public key. A private key is refused.' },
);

export const SsoKey = Type.Object(
  {
    kid: Type.String(),
    name: Type.String(),
    algorithm: Algorithm,
    public_jwk: Type.Unsafe<object | null>({ type: ['object', 'null'], additionalProperties: true }),
    issuer: Nullable(Type.String(), ISSUER),
    disabled_at: Nullable(Timestamp),
    created_at: Timestamp,
  },
  { $id: 'SsoKey', description: 'An SSO key. It checks the tokens that a host signs.' },
);
export type SsoKey = Type.Static<typeof SsoKey>;

export const AddedSsoKey = Type.Object(
  {
    ...SsoKey.properties,
    secret: Nullable(
      Type.String(),
      'For HS256. The characters themselves are the key, without decoding. Shown only once.',
    ),
  },
  { $id: 'AddedSsoKey', description: 'An SSO key, with its secret.' },
);

export const NewSsoKey = Type.Object(
  {
    name: Name,
    algorithm: Algorithm,
    public_jwk: Type.Optional(PublicJwk),
    kid: Type.Optional(Kid),
    issuer: Type.Optional(Issuer),
  },
  { additionalProperties: false },
);
export type NewSsoKey = Type.Static<typeof NewSsoKey>;

export const SsoKeyChange = Change({
  name: Name,
  is_enabled: Type.Boolean(),
  issuer: Issuer,
});
export type SsoKeyChange = Type.Static<typeof SsoKeyChange>;

export const SsoKeyPath = Type.Object({ kid: Type.String({ description: 'The `kid` of the key.' }) });
