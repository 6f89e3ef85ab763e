export const delayedReply = {
  delayed_reply_id: 12,
  ticket_number: 100_042,
  staff_id: 3,
  staff_name: 'Anna Petrova',
  body: 'Deleting /var/log/old is safe.',
  is_internal: false,
  status_key: 'await_client',
  files: [],
  mentions: [],
  last_comment_id: 500_006,
  created_at: '2026-11-23T19:59:02.000Z',
  send_at: '2026-11-23T19:59:10.000Z',
};

export const delayedReplyExamples = {
  schemas: { DelayedReply: delayedReply },
  requests: {
    delayReply: { body: 'Deleting /var/log/old is safe.', last_comment_id: 500_006, delay_seconds: 8 },
  },
};
