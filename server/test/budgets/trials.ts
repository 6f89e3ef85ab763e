/** The requests whose statements are counted, one per operation, on large tickets and long lists. */
import type { Instance } from '#test/instance.ts';
import type { People } from '#test/people.ts';
import { invited, newMember, PASSWORD } from '#test/sign-in.ts';
import { added, newIncident } from '#test/things.ts';
import { done, type TicketState, uploadOf } from '#test/tickets.ts';
import { crowded, manyTickets } from './crowd.ts';

export interface Trial {
  by?: keyof People;
  headers?: Record<string, string>;
  /** The path parameter. */
  value?: string | number;
  body?: Record<string, unknown>;
  query?: string;
}

interface World {
  instance: Instance;
  people: People;
}

type Prepare = (world: World) => Promise<Trial>;

/** A ticket of 41 comments, brought into this state. */
const onTicket =
  (
    state: TicketState,
    more: (ticket: { number: number; response: number }, world: World) => object = () => ({}),
  ): Prepare =>
  async (world) => {
    const { instance, people } = world;
    const ticket = await crowded(instance, state, people.owner, people.agent);
    return { value: ticket.number, body: (await more(ticket, world)) as Record<string, unknown> };
  };

const files = async ({ people: { owner, agent } }: World, who: 'owner' | 'agent') =>
  Promise.all(Array.from({ length: 10 }, () => uploadOf(who === 'owner' ? owner : agent)));

const commentIds = async ({ instance }: World, number: number, count: number) =>
  (
    await instance.query<{ id: number }>(
      'select id from comments where ticket_number = $1 order by id limit $2',
      [number, count],
    )
  ).map(({ id }) => Number(id));

/** Two tickets of 41 comments, the first of which was merged into the other. */
async function mergedPair({ instance, people: { owner, agent } }: World) {
  const source = await crowded(instance, 'replied', owner, agent);
  const target = await crowded(instance, 'replied', owner, agent);
  await done(agent.post(`/staff/tickets/${source.number}/merge`, { into: target.number }));
  return { source, target };
}

const splitBody = async (world: World, number: number) => ({
  comment_ids: await commentIds(world, number, 20),
  summary: 'Another thing',
});

const bulk =
  (work: object): Prepare =>
  async ({ people: { owner, agent } }) => ({
    body: { ticket_numbers: await manyTickets(50, owner, agent), ...work },
  });

const undo =
  (work: object): Prepare =>
  async (world) => {
    const { body = {} } = await bulk(work)(world);
    const { bulk_id } = (await done(world.people.agent.post('/staff/bulk', body))).body;
    return { value: bulk_id };
  };

const intoNew = async ({ people: { owner, agent } }: World) => ({
  action: 'merge',
  into: (await manyTickets(1, owner, agent))[0],
});

const change = { add_tags: ['outage', 'router'], priority: 'high' };

export const trials: Record<string, Prepare> = {
  createTicket: async (world) => ({
    body: {
      files: await files(world, 'owner'),
      client_emails: Array.from({ length: 10 }, (_, i) => `anna${i}@clients.example`),
      topic_key: 'servers',
    },
  }),
  listTickets: async () => ({ query: 'items_per_page=50' }),
  'listTickets, searching': async () => ({ query: 'items_per_page=50&q=disk' }),
  findTicket: onTicket('replied'),
  changeTicket: onTicket('replied', () => ({
    client_emails: ['anna@clients.example'],
    client_aliased_name: 'Anna',
  })),
  putTicket: onTicket('replied', () => ({ client_aliased_name: 'Anna' })),
  closeTicket: onTicket('replied', () => ({ score: 9, comment: 'Thanks' })),
  reopenTicket: onTicket('closed', async (_, world) => ({
    body: 'Again',
    files: await files(world, 'owner'),
  })),
  voteOnTicket: onTicket('resolved', () => ({ score: 9, comment: 'Thanks' })),
  markTicketRead: onTicket('replied'),
  createComment: onTicket('replied', async (_, world) => ({ files: await files(world, 'owner') })),
  listComments: onTicket('replied'),
  findComment: async (world) => ({
    value: (await crowded(world.instance, 'replied', world.people.owner, world.people.agent)).response,
  }),
  voteOnComment: async (world) => ({
    value: (await crowded(world.instance, 'replied', world.people.owner, world.people.agent)).response,
  }),
  deleteCommentVote: async (world) => {
    const { instance, people } = world;
    const { response } = await crowded(instance, 'replied', people.owner, people.agent);
    await done(people.owner.post(`/support/comments/${response}/vote`, { score: 1 }));
    return { value: response };
  },
  redactStaffComment: async (world) => {
    const { number } = (await mergedPair(world)).source;
    const [id] = await world.instance.query<{ id: number }>(
      'select id from comments where merged_from_ticket_number = $1 and staff_id is not null order by id limit 1',
      [number],
    );
    return { by: 'admin', value: Number(id?.id) };
  },
  openTicketForAccount: async (world) => ({
    body: {
      account_id: world.people.owner.accountId,
      files: await files(world, 'agent'),
      topic_key: 'servers',
    },
  }),
  listQueue: async () => ({ query: 'limit=50' }),
  'listQueue, searching': async () => ({ query: 'limit=50&q=disk' }),
  findStaffTicket: onTicket('replied'),
  listStaffComments: onTicket('replied'),
  changeStaffTicket: onTicket('replied', () => ({ summary: 'The disk of vps-18 is full' })),
  'changeStaffTicket, not its summary': onTicket('replied', () => ({
    tags: ['disk', 'vip'],
    priority: 'high',
    topic_key: 'servers',
  })),
  addStaffComment: onTicket('replied', async (_, world) => ({ files: await files(world, 'agent') })),
  'addStaffComment, a note with mentions': onTicket('replied', async (_, { instance }) => ({
    internal: true,
    mentions: (
      await instance.query<{ staff_id: number }>('select staff_id from staff order by 1 limit 20')
    ).map(({ staff_id }) => staff_id),
  })),
  closeStaffTicket: onTicket('replied'),
  resolveTicket: onTicket('replied'),
  reopenStaffTicket: onTicket('closed'),
  markStaffTicketRead: onTicket('replied'),
  markStaffTicketUnread: onTicket('replied'),
  snoozeTicket: onTicket('replied', () => ({ until_reply: true })),
  unsnoozeTicket: async (world) => {
    const { number } = await crowded(world.instance, 'replied', world.people.owner, world.people.agent);
    await done(world.people.agent.post(`/staff/tickets/${number}/snooze`, { until_reply: true }));
    return { value: number };
  },
  splitTicket: onTicket('replied', ({ number }, world) => splitBody(world, number)),
  unsplitTicket: async (world) => {
    const { people, instance } = world;
    const { number } = await crowded(instance, 'replied', people.owner, people.agent);
    const split = await splitBody(world, number);
    return { value: (await done(people.agent.post(`/staff/tickets/${number}/split`, split))).body.number };
  },
  mergeTicket: onTicket('replied', async (_, { instance, people }) => ({
    into: (await crowded(instance, 'replied', people.owner, people.agent)).number,
  })),
  unmergeTicket: async (world) => ({ value: (await mergedPair(world)).source.number }),
  moveTicket: async (world) => {
    const { number } = await crowded(world.instance, 'replied', world.people.owner, world.people.agent);
    return {
      by: 'admin',
      value: number,
      body: { account_id: (await world.instance.client('moved-to')).accountId },
    };
  },
  saveDraft: onTicket('replied', async (_, world) => ({ body: 'Hello', files: await files(world, 'agent') })),
  delayReply: onTicket('replied', async (_, world) => ({
    body: 'Hello',
    files: await files(world, 'agent'),
    delay_seconds: 60,
  })),
  'runBulk, read': bulk({ action: 'read' }),
  'runBulk, resolve': bulk({ action: 'resolve' }),
  'runBulk, close': bulk({ action: 'close' }),
  'runBulk, snooze': bulk({ action: 'snooze', snooze: { until_reply: true } }),
  'runBulk, change': bulk({ change }),
  'runBulk, change of topic': bulk({ change: { topic_key: 'servers' } }),
  'runBulk, reply': bulk({ reply: { body: 'Done', delay_seconds: 0 } }),
  'runBulk, delayed reply': bulk({ reply: { body: 'Done', delay_seconds: 60 } }),
  'runBulk, merge': async (world) => bulk(await intoNew(world))(world),
  'undoBulk, read': undo({ action: 'unread' }),
  'undoBulk, close': undo({ action: 'close' }),
  'undoBulk, change': undo({ change }),
  'undoBulk, change of topic': undo({ change: { topic_key: 'servers' } }),
  'undoBulk, reply': undo({ reply: { body: 'Done', delay_seconds: 0 } }),
  'undoBulk, snooze': undo({ action: 'snooze', snooze: { until_reply: true } }),
  'undoBulk, delayed reply': undo({ reply: { body: 'Done', delay_seconds: 60 } }),
  'undoBulk, merge': async (world) => undo(await intoNew(world))(world),
  publishIncident: async () => ({ by: 'admin', body: { topic_keys: ['servers'] } }),
  changeIncident: async ({ people: { admin } }) => ({
    by: 'admin',
    value: await newIncident(admin),
    body: { topic_keys: ['servers'], is_ended: false },
  }),
  useCannedResponse: async ({ people: { owner, agent }, instance }) => ({
    value: await added(agent, 'canned-responses', {
      title: 'Hi',
      shortcut: `s${Date.now()}`,
      bodies: { en: 'Hello {{client_name}}' },
    }),
    body: { ticket_number: (await crowded(instance, 'replied', owner, agent)).number },
  }),
  signIn: async ({ instance, people: { admin } }) => {
    const { email } = await newMember(instance, admin);
    return { body: { email, password: PASSWORD }, headers: {} };
  },
  acceptInvitation: async ({ people: { admin } }) => {
    const { secret } = await invited(admin);
    return { body: { secret, password: PASSWORD }, headers: {} };
  },
  signOut: async ({ instance }) => ({ headers: (await instance.signedIn()).headers }),
  'changeMember, disabled': async ({ instance, people: { owner, admin, agent } }) => {
    const { staffId } = await instance.signedIn('agent');
    const ticket_numbers = await manyTickets(50, owner, agent);
    await done(admin.post('/staff/bulk', { ticket_numbers, change: { assignee_id: staffId } }));
    return { by: 'admin', value: staffId, body: { is_enabled: false } };
  },
};
