/** What a program writes with the client of hey-api: each response has one format, streams are read as events. */
import {
  createTicket,
  downloadFile,
  type Presence,
  readFeed,
  reportVolume,
  reportVolumeCsv,
  type StaffEvent,
  type StreamFeedResponse,
  streamFeed,
  uploadFile,
} from './generated/hey-api';
import { createClient } from './generated/hey-api/client';

const client = createClient({ baseUrl: 'https://support.example.com', auth: () => 'key' });

export async function openTicket(log: Blob): Promise<number> {
  const upload = await uploadFile({ client, body: { file: log }, throwOnError: true });
  const ticket = await createTicket({
    client,
    body: { summary: 'Disk is full', comment_body: 'Please help.', files: [upload.data.uuid] },
    throwOnError: true,
  });
  return ticket.data.number;
}

export async function eachForm(): Promise<[number | undefined, string, Blob | File, string | null]> {
  const report = await reportVolume({ client, query: { group_by: 'topic' }, throwOnError: true });
  const table = await reportVolumeCsv({ client, throwOnError: true });
  const bytes = await downloadFile({ client, path: { uuid: crypto.randomUUID() }, throwOnError: true });
  const feed = await readFeed({ client, throwOnError: true });
  return [report.data.items[0]?.opened, table.data, bytes.data, feed.data.after];
}

/** A type that is no event's does not compile. */
export const isReopened = (event: StreamFeedResponse): boolean =>
  'type' in event && event.type === ('ticket.reopened' satisfies typeof event.type);

export async function* watch(): AsyncGenerator<string> {
  const { stream } = await streamFeed({ client });
  for await (const event of stream) yield nameOf(event);
}

const nameOf = (event: StaffEvent | Presence): string =>
  'cursor' in event ? event.type : `${event.staff_name} is ${event.state}`;

export async function codeOf(): Promise<string | undefined> {
  const { error } = await createTicket({ client, body: { summary: 'x', comment_body: 'x' } });
  return error?.code;
}

/** The type of an event says what is in its `data`. */
export const splitInto = (event: StaffEvent): number | undefined =>
  event.type === 'ticket.split' ? event.data?.to : undefined;
