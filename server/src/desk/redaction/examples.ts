import { clientComment, staffComment } from '#desk/tickets/comments/examples.ts';

const mark = { redacted_at: '2026-11-23T20:04:00.000Z', redacted_by: 'Anna Petrova' };
const redacted = { ...mark, body: '[Removed by Anna Petrova on 2026-11-23 20:04 UTC]', files: [] };
const withoutFile = { files: [], redacted_files: [mark] };

export const redactionExamples = {
  responses: {
    redactComment: {
      ...clientComment,
      ...redacted,
      redacted_files: [mark],
      can: { redact: false, vote: true },
    },
    redactStaffComment: { ...staffComment, ...redacted, redacted_files: [mark], can: { redact: false } },
    redactFile: { ...mark, comment: { ...clientComment, ...withoutFile } },
    redactStaffFile: { ...mark, comment: { ...staffComment, ...withoutFile } },
  },
};
