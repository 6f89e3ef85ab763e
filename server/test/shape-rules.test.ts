/** Tests the shape rules themselves: damages the database by SQL, checks that the rule reports it, and rolls back. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { accountMark } from '#platform/text/search-words.ts';
import { openInstance } from './instance.ts';
import { shapeRules } from './shape-rules.ts';
import { done, uploadOf } from './tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, agent] = [await instance.client('acme'), await instance.staff()];
const { accountId } = acme;

let marks = 0;
const said = () => `Said w${++marks}`;

/** The number of a new ticket and the id of its comment. */
async function open(): Promise<[number: number, id: number]> {
  const { number } = (await done(acme.post('/support/tickets', { summary: 'Slow', comment_body: said() })))
    .body;
  const { items } = (await done(acme.get(`/support/tickets/${number}/comments`))).body;
  return [number, items[0].id];
}
const comment = async (number: number, more: object = {}): Promise<number> =>
  (await done(acme.post(`/support/tickets/${number}/comments`, { body: said(), ...more }))).body.id;
const response = async (number: number, more: object = {}): Promise<number> =>
  (await done(agent.post(`/staff/tickets/${number}/comments`, { body: said(), ...more }))).body.id;
const split = async (number: number, comment_ids: number[]): Promise<number> =>
  (await done(agent.post(`/staff/tickets/${number}/split`, { comment_ids, summary: 'Another thing' }))).body
    .number;
const copyOf = async (id: number): Promise<number> =>
  (await instance.query<{ id: number }>('select id from comments where copied_from_id = $1', [id]))[0]?.id ??
  0;

/** Without a reply, and with everything read. */
const [quiet, quietComment] = await open();

/** With an unread reply and a file in what was split off it. */
const [source, first] = await open();
const unread = await response(source);
const withFile = await comment(source, { files: [await uploadOf(acme)] });
const note = await response(source, { internal: true });
const noteMark = `w${marks}`;
await done(acme.post(`/support/comments/${unread}/vote`, { score: 1 }));
await split(source, [unread, withFile]);

/** One is merged into the other. */
const [part, ofPart] = await open();
const replyOfSource = await response(part);
const [whole] = await open();
await done(agent.post(`/staff/tickets/${part}/merge`, { into: whole }));

/** Split off and merged back. */
const [former] = await open();
const returned = await comment(former);
const returnedMark = `w${marks}`;
const undone = await split(former, [returned]);
await done(agent.post(`/staff/tickets/${undone}/unsplit`));

interface Damage {
  sql: string;
  /** What the rule must report. */
  names: number[];
}

const becomesPart = (number: number, of: number) => `
  update tickets
  set merged_into_ticket_number = ${of}, merged_at = now(), status_key = 'closed', is_closed = true,
      closed_at = now(), waiting_since = null
  where number = ${number}`;
const findsAlso = (number: number, mark: string) => `
  update search_texts
  set words = words || array_to_tsvector(array['${accountMark(accountId)}${mark}'])
  where number = ${number} and comment_id = 0`;

const damages: Record<string, Record<string, Damage>> = {
  'a ticket is read when its comments are': {
    'read but for a response': {
      sql: `update tickets set is_client_read = true where number = ${source}`,
      names: [source],
    },
    'unread for nothing': {
      sql: `update tickets set is_client_read = false where number = ${quiet}`,
      names: [quiet],
    },
    'a comment is unread in a ticket that is read': {
      sql: `update comments set is_client_read = false where id = ${quietComment}`,
      names: [quiet],
    },
  },

  'a ticket counts its comments and their bytes': {
    'a comment is not counted': {
      sql: `update tickets set comment_count = comment_count - 1 where number = ${source}`,
      names: [source],
    },
    'its bytes are not': {
      sql: `update comments set body = body || 'я' where id = ${quietComment}`,
      names: [quiet],
    },
  },

  'only replies of staff are unread by the client': {
    'a client’s comment waits': {
      sql: `update comments set is_client_read = false where id = ${first}`,
      names: [first],
    },
    'a note waits': {
      sql: `update comments set is_client_read = false where id = ${note}`,
      names: [note],
    },
  },

  'has_reply is set exactly when a ticket has a reply': {
    'a response is forgotten': {
      sql: `update tickets set has_reply = false where number = ${source}`,
      names: [source],
    },
    'there is no response': {
      sql: `update tickets set has_reply = true where number = ${quiet}`,
      names: [quiet],
    },
    'there is a note': {
      sql: `update comments set is_internal = true where ticket_number = ${source} and id = ${unread}`,
      names: [source],
    },
  },

  'a merged ticket refers to its target': {
    'it leads nowhere': {
      sql: `update tickets set merged_into_ticket_number = 1 where number = ${part}`,
      names: [part],
    },
    'it leads in a circle': {
      sql: becomesPart(whole, part),
      names: [part, whole],
    },
  },

  'a merged comment is in the target of its ticket': {
    'it stands elsewhere': {
      sql: `update comments set ticket_number = ${quiet} where id = ${ofPart}`,
      names: [ofPart],
    },
    'it was left behind when the whole became a part': {
      sql: becomesPart(whole, quiet),
      names: [ofPart, replyOfSource],
    },
  },

  'comments of the client in a source are in the target': {
    'it stands in the part': {
      sql: `
        update comments
        set ticket_number = ${part}, merged_from_ticket_number = null, merged_from_version = null
        where id = ${ofPart}`,
      names: [ofPart],
    },
  },

  'a target has the priority of each source, unless it was set since': {
    'it is lower': {
      sql: `update tickets set priority = 'low' where number = ${whole}`,
      names: [whole],
    },
  },

  'what a ticket has is its own, or was brought by a source that is still merged into it': {
    'nobody has set its priority': {
      sql: `update tickets set priority = 'urgent' where number = ${whole}`,
      names: [whole],
    },
    'nobody has set its tag': {
      sql: `update tickets set tags = '{vip}' where number = ${quiet}`,
      names: [quiet],
    },
  },

  'a comment that was split off has a copy in the ticket it refers to': {
    'the copy is gone': {
      sql: `delete from comments where copied_from_id = ${unread}`,
      names: [unread],
    },
    'the copy says something else': {
      sql: `update comments set body = 'Something else' where copied_from_id = ${unread}`,
      names: [unread],
    },
    'the copy is a note': {
      sql: `update comments set is_internal = true where copied_from_id = ${unread}`,
      names: [unread],
    },
    'the copy is elsewhere': {
      sql: `update comments set ticket_number = ${quiet} where copied_from_id = ${unread}`,
      names: [unread],
    },
    'it says another place': {
      sql: `update comments set splitted_to_ticket_number = ${quiet} where id = ${unread}`,
      names: [unread],
    },
  },

  'the original of a copy refers to it, unless the split was undone': {
    'the original says nothing': {
      sql: `update comments set splitted_at = null, splitted_to_ticket_number = null where id = ${unread}`,
      names: [await copyOf(unread)],
    },
    'its ticket has not gone back': {
      sql: `update tickets set before_merge = '{}' where number = ${undone}`,
      names: [await copyOf(returned)],
    },
  },

  'files and votes are in the ticket of their comment': {
    'a file is elsewhere': {
      sql: `update files set ticket_number = ${quiet} where comment_id = ${withFile}`,
      names: [withFile],
    },
    'a vote is elsewhere': {
      sql: `update votes set ticket_number = ${quiet} where comment_id = ${unread}`,
      names: [unread],
    },
  },

  'a score of a comment has one event': {
    'the event is lost': {
      sql: `delete from events where type = 'comment.voted'`,
      names: [accountId],
    },
    'the score is lost': {
      sql: `delete from votes where comment_id = ${unread}`,
      names: [accountId],
    },
    'the score is there twice': {
      sql: `
        insert into votes (account_id, ticket_number, comment_id, score)
        select account_id, ticket_number, comment_id, score from votes where comment_id = ${unread}`,
      names: [accountId],
    },
  },

  'a ticket is found by everything its client sees in it, and nothing else': {
    'a word is lost': {
      sql: `update search_texts set words = ts_delete(words, '${accountMark(accountId)}w1') where number = ${quiet}`,
      names: [quiet],
    },
    'all words are lost': {
      sql: `delete from search_texts where number = ${quiet}`,
      names: [quiet],
    },
    'a word is of another ticket': {
      sql: findsAlso(quiet, noteMark),
      names: [quiet],
    },
    'a word is of a note': {
      sql: findsAlso(source, noteMark),
      names: [source],
    },
    'a ticket that has gone back is found by what it had': {
      sql: findsAlso(undone, returnedMark),
      names: [undone],
    },
  },
};

test('an undamaged database violates no rule', async () => {
  for (const [rule, sql] of Object.entries(shapeRules)) assert.deepEqual(await instance.query(sql), [], rule);
});

test('there is damage for every rule', () => {
  assert.deepEqual(Object.keys(damages), Object.keys(shapeRules));
});

for (const [rule, ways] of Object.entries(damages)) {
  for (const [way, { sql, names }] of Object.entries(ways)) {
    test(`“${rule}” reports: ${way}`, async () => {
      assert.deepEqual(await named(rule, sql), names);
    });
  }
}

/** The distinct ids that the rule reports after the damage, which is rolled back. */
async function named(rule: string, damage: string): Promise<number[]> {
  const client = await instance.database.pool.connect();
  try {
    await client.query('begin');
    const { rowCount } = await client.query(damage);
    assert.ok(rowCount, 'the damage has to be done');
    const { rows } = await client.query<Record<string, number>>(String(shapeRules[rule]));
    return [...new Set(rows.flatMap(Object.values))].sort((a, b) => a - b);
  } finally {
    await client.query('rollback');
    client.release();
  }
}
