import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import { containerLog, endOf } from './container-log.ts';
import type { Container } from './engine.ts';

const giveUpAfterMs = 90_000;
const pauseMs = 40;
const looksPerInspection = 5;
/** invalid_password, invalid_authorization_specification: waiting longer does not help. */
const refusals = new Set(['28P01', '28000']);
const wrongImage =
  'the image must behave like the official Postgres image (POSTGRES_USER, ' +
  'POSTGRES_PASSWORD, PGDATA)';

/**
 * Waits until the shard answers a query.
 * @throws {UserError} exit 3, quoting the container's log, when it ends or stays silent for 90 s
 */
export async function waitUntilReady(
  container: Container,
  connection: ShardAddress,
  signal: AbortSignal,
): Promise<void> {
  const giveUpAt = performance.now() + giveUpAfterMs;
  for (let look = 0; ; look++) {
    signal.throwIfAborted();
    if (look % looksPerInspection === 0 && !(await container.inspect()).State.Running) {
      throw await endedError(container);
    }
    const problem = await answers(connection);
    if (problem === null) return;
    if (refusals.has(problem.code)) {
      throw new UserError(
        `a shard answers, but it refuses the password that shardlab has set: ${problem.message}`,
        {
          exitCode: exitCodes.unusable,
          hint: wrongImage,
        },
      );
    }
    if (performance.now() > giveUpAt) {
      throw new UserError(
        `a shard gave no answer within ${giveUpAfterMs / 1000} s (${problem.message}); ` +
          (await containerLog(container)),
        { exitCode: exitCodes.unusable, hint: wrongImage },
      );
    }
    await sleep(pauseMs);
  }
}

async function endedError(container: Container): Promise<UserError> {
  const [end, log] = await Promise.all([endOf(container), containerLog(container)]);
  return new UserError(`a shard's container ended before it answered (${end}); ${log}`, {
    exitCode: exitCodes.unusable,
    hint: end.startsWith('out of memory') ? 'raise topology.quota.memory' : wrongImage,
  });
}

/** null when a query is answered, else why not. */
async function answers(address: ShardAddress): Promise<{ code: string; message: string } | null> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return null;
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    return { code, message };
  } finally {
    await client.end().catch(() => undefined);
  }
}
