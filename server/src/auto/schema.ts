import Type from 'typebox';
import { Change, Id, Int32, Nullable, Text, Timestamp } from '../http/schemas.ts';

const Days = Int32(1, 365);
const settings = {
  is_enabled: Type.Boolean({
    description: 'Off unless said otherwise. A topic’s own rule decides for it, even when it is off.',
  }),
  remind_after_days: Nullable(Days, 'Of the client’s silence, until a reminder; null: never.'),
  canned_answer_id: Nullable(Id, 'A shared ready answer that is the reminder; null: an event alone.'),
  close_after_days: Nullable(Days, 'Of the client’s silence, until the ticket is closed; null: never.'),
  close_resolved_after_days: Nullable(Days, 'Until a resolved ticket is closed; null: never.'),
};

export const AutoRule = Type.Object(
  {
    auto_rule_id: Type.Integer(),
    topic_key: Nullable(Type.String(), 'The topic that it is for; null for all without a rule of their own.'),
    ...settings,
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'AutoRule', description: 'What happens to tickets that fall silent.' },
);
export type AutoRule = Type.Static<typeof AutoRule>;

export const AutoRuleChange = Change(settings);
export type AutoRuleChange = Type.Static<typeof AutoRuleChange>;

export const NewAutoRule = Type.Object(
  { topic_key: Type.Optional(Nullable(Text(100))), ...AutoRuleChange.properties },
  { additionalProperties: false },
);
export type NewAutoRule = Type.Static<typeof NewAutoRule>;

export const AutoRulePath = Type.Object({ auto_rule_id: Type.Integer({ description: 'Of the rule.' }) });
