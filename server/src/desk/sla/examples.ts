const kept = { created_at: '2026-10-01T09:00:00.000Z', updated_at: '2026-10-01T09:00:00.000Z' };
const calendar = {
  name: 'Office',
  time_zone: 'Europe/Moscow',
  hours: { mon: [{ from: '09:00', to: '18:00' }], fri: [{ from: '22:00', to: '06:00' }] },
  holidays: ['2027-01-01'],
};
const policy = {
  topic_key: 'servers',
  priority: 'urgent',
  calendar_id: 1,
  first_response_minutes: 30,
  resolution_minutes: 480,
};

export const slaExamples = {
  schemas: {
    Calendar: { calendar_id: 1, ...calendar, ...kept },
    SlaPolicy: { sla_policy_id: 2, ...policy, ...kept },
  },
  requests: {
    addCalendar: calendar,
    changeCalendar: { holidays: ['2027-01-01', '2027-01-07'] },
    addSlaPolicy: policy,
    changeSlaPolicy: { first_response_minutes: 15 },
  },
};
