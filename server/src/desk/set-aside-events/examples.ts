const setAside = {
  set_aside_event_id: 4,
  follower: 'sla',
  event_id: 90_011,
  type: 'ticket.commented',
  account_id: 7,
  ticket_number: 100_042,
  comment_id: 500_007,
  error: 'canceling statement due to statement timeout',
  attempts: 5,
  first_failed_at: '2026-11-23T19:58:00.000Z',
  last_failed_at: '2026-11-23T19:58:20.000Z',
  set_aside_at: '2026-11-23T19:58:20.000Z',
  retry_requested_at: null,
};

export const setAsideEventExamples = {
  schemas: { SetAsideEvent: setAside },
  responses: {
    listSetAsideEvents: { items: [setAside], after: null },
    retrySetAsideEvent: { ...setAside, retry_requested_at: '2026-11-23T20:10:00.000Z' },
    dismissSetAsideEvent: setAside,
  },
};
