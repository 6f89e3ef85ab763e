const rule = {
  topic_key: 'servers',
  is_enabled: true,
  remind_after_days: 3,
  canned_response_id: 7,
  close_after_days: 7,
  close_resolved_after_days: 5,
};

export const autoExamples = {
  schemas: {
    InactivityRule: {
      inactivity_rule_id: 1,
      ...rule,
      created_at: '2026-10-01T09:00:00.000Z',
      updated_at: '2026-10-01T09:00:00.000Z',
    },
  },
  requests: { addInactivityRule: rule, changeInactivityRule: { is_enabled: false } },
};
