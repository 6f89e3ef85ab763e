const topic = { key: 'servers', name: { en: 'Servers', ru: 'Серверы' } };
const group = { position: 10, assignee_ids: [3, 5] };

export const topicExamples = {
  schemas: {
    Topic: topic,
    StaffTopic: { ...topic, ...group, archived_at: null },
    Status: { key: 'in_progress', name: { en: 'In progress', ru: 'В работе' } },
  },
  requests: {
    addTopic: { ...topic, ...group },
    changeTopic: { is_archived: true },
    renameStatus: { name: { en: 'In progress', ru: 'В работе' } },
  },
  given: { listTopics: { response: { items: [] } } },
};
