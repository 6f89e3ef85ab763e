export const account = {
  account_id: 7,
  external_id: 'acme-17',
  name: 'Acme Inc.',
  email: 'office@acme.example',
  locale: 'en',
  note: 'Pays by the year.',
  created_at: '2026-01-12T10:00:00.000Z',
  updated_at: '2026-11-02T07:30:00.000Z',
};

export const accountExamples = {
  schemas: { Account: account },
  requests: { putAccount: { name: 'Acme Inc.', email: 'office@acme.example', locale: 'en' } },
};
