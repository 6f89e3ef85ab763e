const erasure = {
  erasure_id: 3,
  kind: 'account',
  account_id: 7,
  user_id: null,
  staff_id: 5,
  requested_at: '2026-11-23T20:00:00.000Z',
  finished_at: '2026-11-23T20:01:02.000Z',
  removed: {
    tokens: 1,
    tickets: 99,
    comments: 377,
    files: 20,
    votes: 46,
    events: 858,
    people: 4,
    accounts: 1,
  },
};

export const erasureExamples = {
  schemas: { Erasure: erasure },
  requests: { eraseAccount: { user_id: 'u-17' } },
};
