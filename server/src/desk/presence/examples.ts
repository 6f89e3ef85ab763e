export const presence = {
  ticket_number: 100_042,
  staff_id: 3,
  staff_name: 'Anna Petrova',
  state: 'writing',
  expires_at: '2026-11-23T20:00:45.000Z',
};

export const presenceExamples = {
  schemas: { Presence: presence },
  requests: { enterTicket: { state: 'writing' } },
};
