import Type from 'typebox';
import { Nullable, Timestamp } from '../http/schemas.ts';

const State = Type.Unsafe<'viewing' | 'writing'>({ type: 'string', enum: ['viewing', 'writing'] });

export const Presence = Type.Object(
  {
    ticket_number: Type.Integer(),
    staff_id: Type.Integer(),
    staff_name: Type.String(),
    state: Nullable(State, 'Null says that they have left.'),
    expires_at: Nullable(Timestamp, 'When it ends unless it is said again.'),
  },
  { $id: 'Presence', description: 'A staff member who has a ticket before them.' },
);
export type Presence = Type.Static<typeof Presence>;

export const NewPresence = Type.Object({ state: State }, { additionalProperties: false });
export type PresenceState = Type.Static<typeof State>;
