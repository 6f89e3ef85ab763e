import { Nullable, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const states = ['viewing', 'writing'] as const;
export type PresenceState = (typeof states)[number];

export const Presence = Type.Object(
  {
    ticket_number: Type.Integer(),
    staff_id: Type.Integer(),
    staff_name: Type.String(),
    state: Type.Unsafe<PresenceState | null>({
      type: ['string', 'null'],
      enum: [...states, null],
      description: 'Null if they have left.',
    }),
    expires_at: Nullable(Timestamp, 'When the presence ends, unless it is sent again.'),
  },
  { $id: 'Presence', description: 'A team member who has a ticket open.' },
);
export type Presence = Type.Static<typeof Presence>;

export const NewPresence = Type.Object(
  { state: Type.Unsafe<PresenceState>({ type: 'string', enum: states }) },
  { additionalProperties: false },
);
