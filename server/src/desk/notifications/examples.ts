const notification = {
  reason: 'mentioned',
  ticket_number: 100_042,
  ticket_summary: 'The site does not open',
  actor_name: 'Anna Petrova',
  comment_id: 500_011,
  created_at: '2026-11-23T20:00:00.000Z',
};

export const notificationExamples = {
  schemas: { Notification: notification },
  responses: {
    listNotifications: { items: [notification], count: 1 },
    markNotificationsRead: { items: [], count: 0 },
  },
};
