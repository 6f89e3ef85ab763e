import pg from 'pg';

/** Runs `work` on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // the interrupted query reports the error
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
