/** The samples of the given document (Tickets API v1.1.0), with our fields added. */
const time = '2019-08-24T14:15:22Z';

export const given = {
  ticket: {
    client_aliased_name: 'string',
    client_emails: ['user@example.com'],
    closed_at: time,
    created_at: time,
    is_client_author: true,
    is_client_read: true,
    is_closed: true,
    is_resolved: true,
    number: 0,
    splitted_from_ticket_number: 0,
    status: { en: 'string', ru: 'string' },
    summary: 'string',
    type: null,
    updated_at: time,
    vote: { comment: 'string', created_at: time, score: 0 },
  },
  comment: {
    files: [],
    body: 'string',
    id: 0,
    is_client_author: true,
    is_client_read: true,
    sent_at: time,
    splitted_at: time,
    splitted_to_ticket_number: 0,
    vote: null,
  },
  vote: { comment: 'string', created_at: time, score: 0 },
  page: { item_count: 0, items: [], items_per_page: 0, page: 0, page_count: 0 },
  files: ['497f6eca-6276-4993-bfeb-53cbbbba6f08'],
};
