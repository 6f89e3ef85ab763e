export const bulkExamples = {
  requests: {
    runBulk: {
      ticket_numbers: [100_042, 100_043],
      change: { priority: 'high', add_tags: ['outage'] },
      reply: { body: 'The router is back.', status_key: 'resolved', delay_seconds: 8 },
    },
  },
  responses: {
    runBulk: {
      bulk_id: 7,
      send_at: '2026-11-23T20:00:08.000Z',
      items: [
        { ticket_number: 100_042, result: 'done' },
        { ticket_number: 100_043, result: 'ticket_not_found' },
      ],
    },
    undoBulk: {
      bulk_id: 7,
      items: [{ ticket_number: 100_042, undone: ['tags'], not_undone: ['priority'] }],
    },
  },
};
