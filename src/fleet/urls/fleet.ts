import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { present } from '../../base/assert.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { ShardAddress, ShardTls } from '../../base/shard-address.ts';
import type { Fleet, FleetRequest, RunningFleet } from '../types.ts';
import { connectionError, openShard } from './connect.ts';
import { inspectServer, type ServerFacts, serverProblems } from './inspection.ts';
import { Keeper } from './keeper.ts';
import { createNamespace, dropNamespace } from './namespace.ts';
import { poolingOf } from './pooler.ts';
import type { ShardUrl } from './shard-urls.ts';

/** Beyond the pool: the loader, the watcher of server statistics, the keeper. */
const extraConnections = 4;

interface Candidate {
  readonly url: ShardUrl;
  readonly facts: ServerFacts;
  readonly ssl: false | ShardTls;
  readonly pooled: boolean;
  readonly client: pg.Client;
}

/**
 * Shards that the user has already. Everything happens in a schema of our own, which is dropped at
 * the end; nothing else on the servers is written to.
 * @param schema a name for it; by default one that no other run has
 */
export function urlsFleet(urls: readonly ShardUrl[], schema = runSchema()): Fleet {
  return {
    name: 'urls',
    async start(request, signal) {
      if (urls.length < request.shards) {
        throw new UserError(
          `topology.shards is ${request.shards}, but ${urls.length} shard URLs are given`,
          { exitCode: exitCodes.usage, hint: 'SHARDLAB_SHARD_0, SHARDLAB_SHARD_1, ...' },
        );
      }
      const keeper = new Keeper();
      const candidates = await inspectAll(urls.slice(0, request.shards), request, keeper);
      const fleet = new UrlsFleet(candidates, schema, request, keeper);
      try {
        signal.throwIfAborted();
        await fleet.createNamespaces();
        signal.throwIfAborted();
        return fleet;
      } catch (error) {
        await fleet.stop();
        throw error;
      }
    },
  };
}

function runSchema(): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
  return `shardlab_${time}_${randomBytes(2).toString('hex')}`;
}

/** Looks at every server before anything is written, and reports all problems at once. */
async function inspectAll(
  urls: readonly ShardUrl[],
  request: FleetRequest,
  keeper: Keeper,
): Promise<Candidate[]> {
  const found = await Promise.allSettled(urls.map((url, shard) => inspect(url, shard, keeper)));
  const candidates = found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const errors = found.flatMap((each) =>
    each.status === 'rejected' ? [each.reason as unknown] : [],
  );
  const perServer = new Map<string, number>();
  for (const { facts } of candidates) {
    perServer.set(facts.identity, (perServer.get(facts.identity) ?? 0) + 1);
  }
  const needed = request.connectionsPerShard + extraConnections;
  for (const { url, facts, pooled } of candidates) {
    const problems = serverProblems(facts, needed * (perServer.get(facts.identity) ?? 1));
    if (pooled) problems.push(transactionPooler);
    for (const problem of problems) {
      errors.push(
        new UserError(`${url.where} (${url.host}:${url.port}) ${problem}`, {
          exitCode: exitCodes.unusable,
        }),
      );
    }
  }
  if (errors.length === 0) return candidates;
  await keeper.release();
  throw asOne(errors);
}

const transactionPooler =
  'is behind a connection pooler in transaction mode, which loses named prepared ' +
  'statements: give the port of the server itself, or a pool in session mode';

function asOne(errors: readonly unknown[]): unknown {
  const [first] = errors;
  if (errors.length === 1 || !errors.every((error) => error instanceof UserError)) return first;
  const hint = errors.find((error) => error.hint !== undefined)?.hint;
  return new UserError(errors.map(({ message }) => message).join('\n'), {
    exitCode: exitCodes.unusable,
    ...(hint === undefined ? {} : { hint }),
  });
}

async function inspect(url: ShardUrl, shard: number, keeper: Keeper): Promise<Candidate> {
  const open = async (): Promise<pg.Client> => (await openShard(url)).client;
  const { client, ssl } = await openShard(url);
  keeper.hold(shard, client, open);
  try {
    const facts = await inspectServer(client);
    const pooled = (await poolingOf(client, open)) === 'transaction';
    return { url, facts, ssl, pooled, client };
  } catch (cause) {
    throw cause instanceof UserError ? cause : connectionError(url, cause);
  }
}

class UrlsFleet implements RunningFleet {
  readonly shards: readonly ShardAddress[];
  readonly description: string;
  readonly notes: readonly string[];
  readonly fileSystem = "the servers' own";
  readonly failure: Promise<never>;
  private readonly candidates: readonly Candidate[];
  private readonly keeper: Keeper;
  /** Schemas that were created, by shard. */
  private readonly created = new Map<number, string>();
  private stopping: Promise<void> | null = null;

  constructor(
    candidates: readonly Candidate[],
    schema: string,
    request: FleetRequest,
    keeper: Keeper,
  ) {
    this.candidates = candidates;
    this.keeper = keeper;
    this.failure = keeper.failure;
    const names = schemaNames(candidates, schema);
    this.shards = candidates.map(({ url, ssl }, shard) => ({
      host: url.host,
      port: url.port,
      user: url.user,
      password: url.password,
      database: url.database,
      ssl,
      schema: present(names[shard], 'schema'),
      // Left alone otherwise: a server with synchronous standbys has good reasons.
      ...(request.durability.synchronousCommit ? {} : { options: '-c synchronous_commit=off' }),
    }));
    const versions = [...new Set(candidates.map(({ facts }) => facts.version))];
    this.description =
      `your own servers (Postgres ${versions.join(', ')}), in the schema ${schema} of each, ` +
      'which is dropped at the end of the run';
    this.notes = notesOf(candidates, request);
  }

  async createNamespaces(): Promise<void> {
    const results = await Promise.allSettled(
      this.candidates.map(async ({ client, url }, shard) => {
        const schema = present(this.shards[shard]?.schema, 'schema');
        await createNamespace(client, url, schema);
        this.created.set(shard, schema);
      }),
    );
    const failed = results.flatMap((each) =>
      each.status === 'rejected' ? [each.reason as unknown] : [],
    );
    if (failed.length > 0) throw asOne(failed);
  }

  async throttling(): ReturnType<RunningFleet['throttling']> {
    return this.shards.map(() => null);
  }

  stop(): Promise<void> {
    return (this.stopping ??= this.cleanUp());
  }

  private async cleanUp(): Promise<void> {
    await this.keeper.release();
    const left: string[] = [];
    await Promise.all(
      [...this.created].map(async ([shard, schema]) => {
        const { url } = present(this.candidates[shard], 'candidate');
        try {
          const { client } = await openShard(url);
          try {
            await dropNamespace(client, schema);
          } finally {
            await client.end().catch(() => undefined);
          }
        } catch (error) {
          left.push(
            `${url.where}: the schema ${schema} is still there: ${(error as Error).message}`,
          );
        }
      }),
    );
    if (left.length === 0) return;
    throw new UserError(left.join('\n'), {
      exitCode: exitCodes.unusable,
      hint: 'when the server answers: drop schema <name> cascade',
    });
  }
}

/** One name for all, with a number behind it where two shards lie in one database. */
function schemaNames(candidates: readonly Candidate[], schema: string): string[] {
  const seen = new Map<string, number>();
  return candidates.map(({ url, facts }) => {
    const place = `${facts.identity}/${url.database}`;
    const count = seen.get(place) ?? 0;
    seen.set(place, count + 1);
    return count === 0 ? schema : `${schema}_${count}`;
  });
}

function notesOf(candidates: readonly Candidate[], { quota, durability }: FleetRequest): string[] {
  const notes: string[] = [];
  const byServer = Map.groupBy(candidates, ({ facts }) => facts.identity);
  for (const same of byServer.values()) {
    if (same.length === 1) continue;
    const names = same.map(({ url }) => url.where).join(', ');
    notes.push(
      `${names} are the same server: these shards share its processors, memory and disk, ` +
        'so a busy shard makes the others slower.',
    );
  }
  if (quota)
    notes.push(
      'topology.quota is not applied: shardlab cannot limit servers that it did not start.',
    );
  if (!durability.fsync) {
    notes.push(
      'durability.fsync is not applied: only the configuration of the server can change it.',
    );
  }
  return notes;
}
