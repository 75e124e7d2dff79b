import type pg from 'pg';

/** What a connection lets through: a server of one's own, or a share of one. */
export type Pooling = 'none' | 'session' | 'transaction';

/**
 * Whether a pooler stands between. It announces a process id that is not the server's. In
 * transaction mode a connection's server may be another one in each transaction, so that named
 * prepared statements get lost: the second connection takes, and keeps, the server that the first
 * has just given back.
 * @param open opens one more connection of the same kind
 */
export async function poolingOf(
  client: pg.Client,
  open: () => Promise<pg.Client>,
): Promise<Pooling> {
  // pg's types leave it out: the process id that the server announced when the connection began.
  const { processID } = client as unknown as { readonly processID: number | null };
  const first = await serverProcess(client);
  if (first === processID) return 'none';
  const other = await open();
  try {
    await other.query('begin');
    const taken = await serverProcess(other);
    const second = await serverProcess(client);
    return taken === first || second !== first ? 'transaction' : 'session';
  } catch {
    // In statement mode a transaction of several statements is refused.
    return 'transaction';
  } finally {
    await other.end().catch(() => undefined);
  }
}

async function serverProcess(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}
