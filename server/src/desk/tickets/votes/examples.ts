import { given } from '#desk/tickets/given-examples.ts';

const vote = { score: 9, comment: 'Quick and to the point.', created_at: '2026-11-24T09:12:03.000Z' };
const request = { score: 9, comment: 'Quick and to the point.' };

export const voteExamples = {
  schemas: { Vote: vote },
  requests: { voteOnTicket: request, voteOnComment: { score: 1 } },
  given: {
    voteOnTicket: { request: { comment: 'string', score: 1 }, response: given.vote },
    voteOnComment: { request: { comment: 'string', score: 1 }, response: given.vote },
  },
};
