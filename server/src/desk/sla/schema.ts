import { Priority } from '#desk/tickets/schema.ts';
import { Change, Id, Int32, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Open = Type.Object(
  {
    from: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
    to: Type.String({
      pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
      description: 'If it is before `from`, it is on the next day.',
    }),
  },
  { additionalProperties: false },
);
const OfDay = Type.Optional(Type.Array(Open, { maxItems: 10 }));

export const Hours = Type.Object(
  { mon: OfDay, tue: OfDay, wed: OfDay, thu: OfDay, fri: OfDay, sat: OfDay, sun: OfDay },
  {
    additionalProperties: false,
    description: 'The hours of each weekday, in local time. A day that is left out is closed.',
    examples: [{ mon: [{ from: '09:00', to: '18:00' }], fri: [{ from: '22:00', to: '06:00' }] }],
  },
);
export type Hours = Type.Static<typeof Hours>;

const TimeZone = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'A name in the IANA time zone database.',
  examples: ['Europe/Moscow'],
});
const Holidays = Type.Array(Type.String({ format: 'date' }), {
  maxItems: 500,
  description: 'Days on which no business hours begin.',
});

export const Calendar = Type.Object(
  {
    calendar_id: Type.Integer(),
    name: Type.String(),
    time_zone: Type.String(),
    hours: Hours,
    holidays: Type.Array(Type.String({ format: 'date' })),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'Calendar', description: 'Business hours.' },
);
export type Calendar = Type.Static<typeof Calendar>;

const fields = { name: Text(100), time_zone: TimeZone, hours: Hours, holidays: Holidays };

export const NewCalendar = Type.Object(
  { ...fields, holidays: Type.Optional(Holidays) },
  { additionalProperties: false },
);
export type NewCalendar = Type.Static<typeof NewCalendar>;

export const CalendarChange = Change(fields);
export type CalendarChange = Type.Static<typeof CalendarChange>;

export const CalendarPath = Type.Object({
  calendar_id: Type.Integer({ description: 'The id of the calendar.' }),
});

const ANY_TOPIC = 'The topic of the policy. Null: any topic.';
const ANY_PRIORITY = 'The priority of the policy. Null: any priority.';
const Minutes = Int32(1, 1_000_000);
const slaTargets = {
  calendar_id: Nullable(Id, 'The calendar of business hours. Null: every minute counts.'),
  first_response_minutes: Nullable(Minutes, 'From opening to the first response. Null: no target.'),
  resolution_minutes: Nullable(
    Minutes,
    'Until the ticket is resolved; only time in which it waits for support counts. Null: no target.',
  ),
};

export const SlaPolicy = Type.Object(
  {
    sla_policy_id: Type.Integer(),
    topic_key: Nullable(Type.String(), ANY_TOPIC),
    priority: Nullable(Priority, ANY_PRIORITY),
    ...slaTargets,
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'SlaPolicy', description: 'An SLA policy: the targets for tickets of a topic and a priority.' },
);
export type SlaPolicy = Type.Static<typeof SlaPolicy>;

export const SlaPolicyChange = Change(slaTargets);
export type SlaPolicyChange = Type.Static<typeof SlaPolicyChange>;

export const NewSlaPolicy = Type.Object(
  {
    topic_key: Type.Optional(Nullable(Text(100), ANY_TOPIC)),
    priority: Type.Optional(Nullable(Priority, ANY_PRIORITY)),
    ...SlaPolicyChange.properties,
  },
  { additionalProperties: false },
);
export type NewSlaPolicy = Type.Static<typeof NewSlaPolicy>;

export const SlaPolicyPath = Type.Object({
  sla_policy_id: Type.Integer({ description: 'The id of the policy.' }),
});
