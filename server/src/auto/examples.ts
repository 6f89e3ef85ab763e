const rule = {
  topic_key: 'servers',
  is_enabled: true,
  remind_after_days: 3,
  canned_answer_id: 7,
  close_after_days: 7,
  close_resolved_after_days: 5,
};

export const autoExamples = {
  schemas: {
    AutoRule: {
      auto_rule_id: 1,
      ...rule,
      created_at: '2026-10-01T09:00:00.000Z',
      updated_at: '2026-10-01T09:00:00.000Z',
    },
  },
  requests: { addAutoRule: rule, changeAutoRule: { is_enabled: false } },
};
