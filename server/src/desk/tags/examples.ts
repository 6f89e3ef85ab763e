export const tagExamples = {
  schemas: { Tag: { tag: 'vip', ticket_count: 12 } },
  requests: { renameTag: { name: 'vip' } },
};
