/** What PostgreSQL says of a statement that it has parsed and not run. */
import pg from 'pg';
import { parseTree, type TreeNode } from './tree.ts';

export interface Column {
  name: string;
  /** The oid of its type. */
  type: number;
  /** The column of a table that it is, as far as it is one; 0 and 0 otherwise. */
  origin: { table: number; column: number };
}

export interface Description {
  columns: Column[];
  /** The statement as PostgreSQL has understood it. */
  tree: TreeNode;
}

/** The messages of the protocol that pg has and its published types do not. */
interface Connection {
  parse(message: { text: string; name: string }): void;
  describe(message: { type: 'S'; name: string }): void;
  sync(): void;
}

interface RowDescription {
  fields: { name: string; dataTypeID: number; tableID: number; columnID: number }[];
}

/** A connection on which each statement that is parsed is also printed. */
export async function connectDescriber(url: string): Promise<pg.Client> {
  const settings = '-c debug_print_parse=on -c debug_pretty_print=off -c client_min_messages=log';
  const client = new pg.Client({ connectionString: url, options: `-c TimeZone=UTC ${settings}` });
  await client.connect();
  return client;
}

/** Rejects with PostgreSQL's error when it does not understand the text. */
export async function describe(client: pg.Client, text: string): Promise<Description> {
  const printed: string[] = [];
  const note = ({ detail }: { detail?: string | undefined }) => void printed.push(detail ?? '');
  client.on('notice', note);
  try {
    const columns = await columnsOf(client, text);
    const [tree] = printed;
    if (printed.length !== 1 || !tree) throw new Error(`PostgreSQL printed ${printed.length} trees.`);
    return { columns, tree: parseTree(tree) };
  } finally {
    client.off('notice', note);
  }
}

function columnsOf(client: pg.Client, text: string): Promise<Column[]> {
  return new Promise((resolve, reject) => {
    let columns: Column[] = [];
    client.query({
      submit(connection: unknown) {
        const { parse, describe, sync } = bound(connection as Connection); // pg calls with its connection
        parse({ text, name: '' });
        describe({ type: 'S', name: '' });
        sync();
      },
      handleRowDescription({ fields }: RowDescription) {
        columns = fields.map(({ name, dataTypeID, tableID, columnID }) => ({
          name,
          type: dataTypeID,
          origin: { table: tableID, column: columnID },
        }));
      },
      handleError: reject,
      handleReadyForQuery: () => resolve(columns),
    });
  });
}

const bound = (connection: Connection) => ({
  parse: connection.parse.bind(connection),
  describe: connection.describe.bind(connection),
  sync: connection.sync.bind(connection),
});
