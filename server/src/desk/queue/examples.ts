import { staffTicket } from '#desk/tickets/examples.ts';

const { split, unsplit, move, ...can } = staffTicket.can;
const queueTicket = {
  ...staffTicket,
  can,
  account_name: 'Acme Inc.',
  assignee_name: 'Anna Petrova',
  has_draft: false,
  last_comment: {
    id: 500_008,
    beginning: 'That has helped, but now',
    is_client_author: true,
    is_internal: false,
    author_name: 'Ivan Petrov',
    has_files: false,
    sent_at: '2026-11-23T20:00:00.000Z',
  },
};

export const queueExamples = {
  schemas: { QueueTicket: queueTicket },
  responses: {
    listQueue: { items: [queueTicket], after: '-updated.1795464000000.100042' },
    exportQueue: '"number","summary","status_key"\r\n100042,"Disk of vps-18 is full","in_progress"\r\n', // the first columns
    countQueue: { count: 17 },
    countQueues: {
      queues: {
        mine: 12,
        unassigned: 7,
        waiting_support: 17,
        waiting_client: 41,
        mentions: 2,
        drafts: 1,
        resolved: 160,
        open: 1000,
      },
      topics: [
        { topic_key: 'servers', count: 31 },
        { topic_key: null, count: 4 },
      ],
    },
  },
};
