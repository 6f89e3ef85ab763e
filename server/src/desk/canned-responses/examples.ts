const response = {
  title: 'Which disk is full',
  shortcut: 'disk',
  bodies: { en: '{{client_name}}, which disk of {{ticket_number}} is full?' },
  topic_key: 'servers',
  is_shared: true,
};

export const cannedExamples = {
  schemas: {
    CannedResponse: {
      canned_response_id: 7,
      ...response,
      use_count: 31,
      last_used_at: '2026-11-23T19:58:00.000Z',
      created_at: '2026-10-01T09:00:00.000Z',
      updated_at: '2026-10-01T09:00:00.000Z',
    },
  },
  requests: {
    addCannedResponse: response,
    useCannedResponse: { ticket_number: 100_042 },
    changeCannedResponse: { title: 'Which disk' },
  },
  responses: { useCannedResponse: { body: 'Ivan, which disk of 100042 is full?', locale: 'en' } },
};
