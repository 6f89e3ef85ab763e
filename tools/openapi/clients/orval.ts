/** What a program writes with the client of orval: each response has one format. */
import {
  createTicket,
  downloadFile,
  listQueue,
  reportVolume,
  reportVolumeCsv,
  uploadFile,
} from './generated/orval';

export async function openTicket(log: Blob): Promise<number | string> {
  const upload = await uploadFile({ file: log });
  if (upload.status !== 200) return upload.data.code;
  const ticket = await createTicket({
    summary: 'Disk is full',
    comment_body: 'Please help.',
    files: [upload.data.uuid],
  });
  return ticket.status === 200 ? ticket.data.number : ticket.data.code;
}

export async function eachForm(): Promise<[number | undefined, string | undefined, Blob | undefined]> {
  const report = await reportVolume({ group_by: 'topic' });
  const table = await reportVolumeCsv();
  const bytes = await downloadFile('497f6eca-6276-4993-bfeb-53cbbbba6f08');
  return [
    report.status === 200 ? report.data.items[0]?.opened : undefined,
    table.status === 200 ? table.data : undefined,
    bytes.status === 200 ? bytes.data : undefined,
  ];
}

export async function waiting(): Promise<number[]> {
  const queue = await listQueue({ waiting: 'support', sort: 'waiting' });
  return queue.status === 200 ? queue.data.items.map((ticket) => ticket.number) : [];
}
