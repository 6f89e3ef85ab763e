const token = {
  token_id: 21,
  kind: 'client',
  account_id: 7,
  staff_id: null,
  name: 'backup script',
  scopes: ['tickets:read'],
  allowed_addresses: ['10.0.0.0/8'],
  marks_read: false,
  expires_at: '2027-01-01T00:00:00.000Z',
  disabled_at: null,
  last_used_at: '2026-11-23T19:58:00.000Z',
  created_at: '2026-11-01T09:00:00.000Z',
};
const wanted = { name: 'backup script', scopes: ['tickets:read'], allowed_addresses: ['10.0.0.0/8'] };

export const tokenExamples = {
  schemas: { Token: token, IssuedToken: { ...token, token: 'pd_example_of_a_secret_shown_once' } },
  requests: {
    issueToken: { ...wanted, marks_read: false },
    issueAnyToken: { kind: 'client', account_id: 7, ...wanted },
    issueOwnToken: wanted,
    changeToken: { is_enabled: false },
  },
};
