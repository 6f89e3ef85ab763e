/** What a program writes with the types of openapi-typescript: each response has one format. */
import type { operations, paths } from './generated/openapi-typescript';

type Responses<Name extends keyof operations> = operations[Name]['responses'] extends { 200: infer Ok }
  ? Ok
  : never;
type Json<Name extends keyof operations> =
  Responses<Name> extends { content: { 'application/json': infer Body } } ? Body : never;
type Body<Name extends keyof operations> = operations[Name] extends {
  requestBody?: { content: { 'application/json': infer Sent } };
}
  ? Sent
  : never;

export const newTicket: Body<'createTicket'> = { summary: 'Disk is full', comment_body: 'Please help.' };
export const numberOf = (ticket: Json<'createTicket'>): number => ticket.number;
export const firstSummary = (page: Json<'listTickets'>): string | undefined => page.items[0]?.summary;
export const mediaTypes: {
  report: keyof Responses<'reportVolume'>['content'];
  csv: keyof Responses<'reportVolumeCsv'>['content'];
  stream: keyof Responses<'streamFeed'>['content'];
  feed: keyof Responses<'readFeed'>['content'];
} = { report: 'application/json', csv: 'text/csv', stream: 'text/event-stream', feed: 'application/json' };
export const url: keyof paths = '/support/tickets/{ticket_number}';

/** Refusals are typed by the status of the response. */
export const codeOf = (
  refusal: operations['createTicket']['responses'][409]['content']['application/problem+json'],
): string => refusal.code;

/** The type of an event says what is in its `data`. */
export const splitInto = (event: Json<'readFeed'>['items'][number]): number | undefined =>
  event.type === 'ticket.split' ? event.data?.to : undefined;
