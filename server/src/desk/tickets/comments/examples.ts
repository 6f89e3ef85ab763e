import { file } from '#desk/files/examples.ts';
import { given } from '#desk/tickets/given-examples.ts';

const comment = {
  id: 500_007,
  body: 'Deleting /var/log/old is safe.',
  files: [file],
  is_client_author: false,
  is_client_read: false,
  author_name: 'Anna Petrova',
  sent_at: '2026-11-23T19:59:10.000Z',
  splitted_at: null,
  splitted_to_ticket_number: null,
  merged_from_ticket_number: null,
  vote: null,
  redacted_at: null,
  redacted_by: null,
  redacted_files: [],
};

export const clientComment = { ...comment, can: { redact: false, vote: true } };
export const staffComment = {
  ...comment,
  can: { redact: true },
  ticket_number: 100_042,
  is_internal: false,
  mentions: [5],
  author_user: null,
};
const sample = { ...clientComment, ...given.comment };

export const commentExamples = {
  schemas: { Comment: clientComment, StaffComment: staffComment },
  requests: {
    createComment: { body: 'Here is the log.', files: [file.uuid] },
    addStaffComment: { body: 'Deleting /var/log/old is safe.', mentions: [5], last_comment_id: 500_006 },
  },
  given: {
    createComment: { request: { body: 'my second comment' }, response: sample },
    listComments: { response: { items: [] } },
    findComment: { response: sample },
  },
};
