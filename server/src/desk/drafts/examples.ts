export const draft = {
  staff_id: 3,
  staff_name: 'Anna Petrova',
  body: 'Deleting /var/log/old',
  is_internal: false,
  files: [],
  created_at: '2026-11-23T19:58:30.000Z',
  updated_at: '2026-11-23T19:58:50.000Z',
};

export const draftExamples = {
  schemas: { Draft: draft },
  requests: { saveDraft: { body: 'Deleting /var/log/old' } },
};
