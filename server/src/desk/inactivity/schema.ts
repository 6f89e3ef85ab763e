import Type from 'typebox';
import { Change, Id, Int32, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';

const Days = Int32(1, 365);
const settings = {
  is_enabled: Type.Boolean({
    description: 'Off unless said otherwise. A topic’s own rule decides for it, even when it is off.',
  }),
  remind_after_days: Nullable(Days, 'Of the client’s inactivity, until a reminder; null: never.'),
  canned_response_id: Nullable(Id, 'A shared canned response that is the reminder; null: an event alone.'),
  close_after_days: Nullable(Days, 'Of the client’s inactivity, until the ticket is closed; null: never.'),
  close_resolved_after_days: Nullable(Days, 'Until a resolved ticket is closed; null: never.'),
};

export const InactivityRule = Type.Object(
  {
    inactivity_rule_id: Type.Integer(),
    topic_key: Nullable(Type.String(), 'The topic that it is for; null for all without a rule of their own.'),
    ...settings,
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'InactivityRule', description: 'What happens to tickets that fall silent.' },
);
export type InactivityRule = Type.Static<typeof InactivityRule>;

export const InactivityRuleChange = Change(settings);
export type InactivityRuleChange = Type.Static<typeof InactivityRuleChange>;

export const NewInactivityRule = Type.Object(
  { topic_key: Type.Optional(Nullable(Text(100))), ...InactivityRuleChange.properties },
  { additionalProperties: false },
);
export type NewInactivityRule = Type.Static<typeof NewInactivityRule>;

export const InactivityRulePath = Type.Object({
  inactivity_rule_id: Type.Integer({ description: 'Of the rule.' }),
});
