const view = {
  name: 'Waiting for us, nobody’s',
  is_shared: true,
  filter: { waiting: 'support', assignee_id: 'none' },
  sort: 'waiting',
  position: 10,
};

export const viewExamples = {
  schemas: {
    View: {
      view_id: 4,
      ...view,
      created_at: '2026-11-20T08:00:00.000Z',
      updated_at: '2026-11-20T08:00:00.000Z',
    },
  },
  requests: { addView: view, changeView: { name: 'Nobody’s' } },
  responses: { countViews: { items: [{ view_id: 4, count: 17 }] } },
};
