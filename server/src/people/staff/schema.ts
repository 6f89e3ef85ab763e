import { type Role, roles } from '#actor.ts';
import { Change, Email, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Name = Text(255);
const RoleText = Type.Unsafe<Role>({ type: 'string', enum: [...roles] });
const availabilities = ['online', 'away', 'busy'] as const;
const Availability = Type.Unsafe<(typeof availabilities)[number]>({
  type: 'string',
  enum: availabilities,
  description: 'What the member tells the team. It forbids nothing, and assignment does not follow it.',
});
const OWN_OR_ADMIN = 'Null, unless the reader is an admin or the member.';

export const StaffMember = Type.Object(
  {
    staff_id: Type.Integer(),
    name: Type.String(),
    role: RoleText,
    availability: Availability,
    email: Nullable(Type.String(), OWN_OR_ADMIN),
    has_password: Nullable(Type.Boolean(), OWN_OR_ADMIN),
    has_second_factor: Nullable(Type.Boolean(), OWN_OR_ADMIN),
    disabled_at: Nullable(Timestamp),
    created_at: Timestamp,
  },
  { $id: 'StaffMember', description: 'A team member.' },
);
export type StaffMember = Type.Static<typeof StaffMember>;

type Preferences = Record<string, string | number | boolean>;

/** What a program remembers of its user. Its keys are the program's. */
export const CurrentMember = Type.Object(
  {
    ...StaffMember.properties,
    preferences: Type.Unsafe<Preferences>({
      type: 'object',
      additionalProperties: { type: ['string', 'number', 'boolean'] },
      description: 'What `PATCH /staff/me` has saved.',
    }),
  },
  { $id: 'CurrentMember', description: 'The team member who asks, with their preferences.' },
);
export type CurrentMember = Type.Static<typeof CurrentMember>;

export const CurrentMemberChange = Change({
  availability: Availability,
  preferences: Type.Unsafe<{ [name: string]: Preferences[string] | null }>({
    type: 'object',
    maxProperties: 100,
    propertyNames: { type: 'string', minLength: 1, maxLength: 100 },
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'], maxLength: 1000 },
    description:
      'Merged with what is saved: null removes a key, and keys that are left out do not change. All have at most 4 KiB as JSON.',
  }),
});
export type CurrentMemberChange = Type.Static<typeof CurrentMemberChange>;

export const InvitedMember = Type.Object(
  {
    ...StaffMember.properties,
    invitation: Type.Object({
      secret: Type.String({
        description:
          'The secret with which the member chooses a password. It works once, and is shown only once.',
      }),
      expires_at: Timestamp,
    }),
  },
  { $id: 'InvitedMember', description: 'A team member, with the invitation to choose a password.' },
);

export const NewMember = Type.Object(
  { email: Email, name: Name, role: RoleText },
  { additionalProperties: false },
);
export type NewMember = Type.Static<typeof NewMember>;

export const MemberChange = Change({
  name: Name,
  role: RoleText,
  is_enabled: Type.Boolean(),
});
export type MemberChange = Type.Static<typeof MemberChange>;

export const StaffPath = Type.Object({ staff_id: Type.Integer({ description: 'The id of the member.' }) });

export const Enrolment = Type.Object({
  secret: Type.String({ description: 'In base32, to type into an authenticator app.' }),
  uri: Type.String({ description: 'The same secret for a QR code: `otpauth://totp/…`.' }),
});

export const Confirmation = Type.Object(
  {
    code: Type.String({
      minLength: 6,
      maxLength: 40,
      description: 'The code that the app shows, such as `123 456`.',
    }),
  },
  { additionalProperties: false },
);

export const RecoveryCodes = Type.Object({
  recovery_codes: Type.Array(Type.String(), {
    description: 'Each works once, instead of a code of the app. Shown only once.',
  }),
});

const CurrentPassword = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'Your current password.',
});
/** The exact check counts code points after NFKC. */
export const ChosenPassword = Type.String({ minLength: 12, maxLength: 200 });

/** Proof that the request comes from the member, not from a session left open. */
export const Proof = Type.Object(
  {
    password: Type.Optional({
      ...CurrentPassword,
      description: 'Your current password. Not needed in the first 10 minutes of a session.',
    }),
  },
  { additionalProperties: false },
);
export type Proof = Type.Static<typeof Proof>;

export const PasswordChange = Type.Object(
  { password: CurrentPassword, new_password: ChosenPassword },
  { additionalProperties: false },
);
export type PasswordChange = Type.Static<typeof PasswordChange>;
