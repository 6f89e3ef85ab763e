const answer = {
  title: 'Which disk is full',
  shortcut: 'disk',
  bodies: { en: '{{client_name}}, which disk of {{ticket_number}} is full?' },
  topic_key: 'servers',
  is_shared: true,
};

export const cannedExamples = {
  schemas: {
    CannedAnswer: {
      canned_answer_id: 7,
      ...answer,
      use_count: 31,
      last_used_at: '2026-11-23T19:58:00.000Z',
      created_at: '2026-10-01T09:00:00.000Z',
      updated_at: '2026-10-01T09:00:00.000Z',
    },
  },
  requests: {
    addCannedAnswer: answer,
    useCannedAnswer: { ticket_number: 100_042 },
    changeCannedAnswer: { title: 'Which disk' },
  },
  answers: { useCannedAnswer: { body: 'Ivan, which disk of 100042 is full?', locale: 'en' } },
};
