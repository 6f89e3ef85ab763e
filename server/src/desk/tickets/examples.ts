import { given } from './given-examples.ts';

const fields = {
  number: 100_042,
  summary: 'Disk of vps-18 is full',
  status: { en: 'In progress', ru: 'В работе' },
  status_key: 'in_progress',
  type: null,
  topic_key: 'servers',
  is_closed: false,
  is_resolved: false,
  is_client_author: true,
  is_client_read: true,
  is_await_client: false,
  is_await_support: true,
  is_can_be_voted: false,
  client_aliased_name: 'Ivan Petrov',
  client_emails: ['ivan@acme.example'],
  splitted_from_ticket_number: null,
  merged_into_ticket_number: null,
  access_level: 'account_users',
  keystone_projects: [],
  notice_id: null,
  vote: null,
  created_at: '2026-11-23T19:55:02.000Z',
  updated_at: '2026-11-23T20:00:00.000Z',
  closed_at: null,
};

export const ticket = {
  ...fields,
  can: { close: true, close_with_vote: true, reopen: false, comment: true, vote: false },
};

export const staffTicket = {
  ...fields,
  can: {
    close: true,
    reopen: false,
    resolve: true,
    comment: true,
    note: true,
    split: true,
    unsplit: false,
    merge: true,
    unmerge: false,
    snooze: true,
    unsnooze: false,
    move: false,
  },
  account_id: 7,
  external_id: 'INC-2041',
  close_reason: null,
  priority: 'high',
  tags: ['disk', 'vip'],
  assignee_id: 3,
  is_staff_read: false,
  waiting_since: '2026-11-23T20:00:00.000Z',
  first_response_at: '2026-11-23T19:59:10.000Z',
  resolved_at: null,
  first_response_due_at: '2026-11-23T20:25:02.000Z',
  resolution_due_at: '2026-11-24T12:00:00.000Z',
  due_at: '2026-11-24T12:00:00.000Z',
  is_snoozed: false,
  snoozed_until: null,
};

const newTicket = {
  summary: 'Disk of vps-18 is full',
  comment_body: 'It is at 100 % since this morning. What can be deleted?',
  topic_key: 'servers',
};
/** The ticket of the given document, with our fields. */
const sample = { ...ticket, ...given.ticket };

export const ticketExamples = {
  schemas: {
    Ticket: ticket,
    StaffTicket: staffTicket,
  },
  requests: {
    createTicket: newTicket,

    changeTicket: { client_emails: ['ivan@acme.example', 'olga@acme.example'] },
    putTicket: { client_aliased_name: 'Olga Ivanova' },
    closeTicket: { score: 9, comment: 'Quick and to the point.' },
    reopenTicket: { body: 'It is full again.' },
    openTicketForAccount: { account_external_id: 'acme-17', external_id: 'INC-2041', ...newTicket },
    changeStaffTicket: { priority: 'high', tags: ['disk', 'vip'], assignee_id: 3 },
    closeStaffTicket: { reason: 'Spam' },
    splitTicket: { comment_ids: [500_009], summary: 'And the invoice of May' },
    mergeTicket: { into: 100_040 },
    snoozeTicket: { until: '2026-12-01T08:00:00Z' },
    moveTicket: { account_id: 8 },
  },
  responses: {
    listTickets: { items: [ticket], item_count: 1, items_per_page: 10, page: 1, page_count: 1, after: null },
  },
  given: {
    createTicket: {
      request: { comment_body: 'my first comment', summary: 'new test ticket' },
      response: sample,
    },
    listTickets: { response: { ...given.page, items_per_page: 10, page: 1, after: null } },
    findTicket: { response: sample },
    changeTicket: { request: { client_emails: ['user@example.com'] }, response: sample },
    putTicket: { request: { client_emails: ['user@example.com'] }, response: sample },
    closeTicket: { request: { comment: 'string', score: 1 }, response: sample },
    reopenTicket: { request: { files: given.files, body: 'string' }, response: sample },
  },
};
