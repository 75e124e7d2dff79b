import { bytes as sized, counted, significant } from './format.ts';

/** What a migration from one instance to shards takes. */
export interface Migration {
  readonly strategy: string;
  readonly key: string;
  readonly shardCount: number;
  readonly bytes: number;
  /** The scenario says how much there is today; else its own data are taken. */
  readonly isBytesStated: boolean;
  readonly bytesPerSecond: number;
  readonly copyHours: number;
  readonly verifyHours: number;
  readonly soakHours: number;
  /** Constraints that shards cannot hold. */
  readonly lost: number;
}

const hours = (value: number): string => `${significant(value)} h`;

/** The steps in Markdown; each can be undone until the last. */
export function migrationText(migration: Migration): string {
  const { strategy, key, shardCount, copyHours, verifyHours, soakHours, lost } = migration;
  const shards = counted(shardCount, 'shard');
  const both = copyHours + verifyHours + soakHours;
  const checks =
    lost === 0
      ? 'Every constraint holds on the shards.'
      : `Run constraints.sql: the shards cannot hold ${counted(lost, 'constraint')}.`;
  const known = migration.isBytesStated
    ? 'what the scenario says is there today (`growth.now.bytes`)'
    : 'the data of the scenario (`data.total`; `growth.now.bytes` says it otherwise)';
  return `# From one instance to ${shards}

The strategy is \`${strategy}\`. Until step 5 is done the present instance is complete and answers
every read, so each step before it can be undone by leaving it.

| step | what happens | hours |
| --- | --- | --- |
| 1. expand | shards with empty tables; the application knows the router | people's |
| 2. dual-write | every write goes to the instance and to a shard | all of steps 3 and 4 |
| 3. backfill | the rows that were there before are copied | ${hours(copyHours)} |
| 4. verify | both sides are read and compared | ${hours(verifyHours)} |
|  | both sides are kept in step after that | ${hours(soakHours)} |
| 5. cut over | reads move to the shards, then writes end on the instance | people's |
| in all |  | ${hours(both)} |

## The steps

1. **Expand.** Start ${shards} and run \`postgres-fdw/1-on-each-shard.sql\` on each. Take
   one of the routers in \`router/\` into the application and run its own test there. Nothing reads
   the shards yet.
2. **Dual-write.** Every write goes to the instance first and then to the shard of its
   \`${key}\`, by the router. A write that fails on a shard is noted and repeated, and never fails
   the user.
3. **Backfill.** Copy the rows key by key, at the rate below, in transactions of one key. A row that
   dual-writing has brought already stays as it is.
4. **Verify.** For each key compare the number of rows and a checksum of them on both sides.
   ${checks} Read from both sides for a while and compare the answers.
5. **Cut over.** Send reads to the shards, key by key, the lightest first. When all are there, stop
   writing to the instance, and keep it, read-only, until a backup of every shard has been restored.

## What the hours assume

- ${sized(migration.bytes)} are copied: ${known}.
- ${sized(migration.bytesPerSecond)} a second are copied, by one stream
  (\`growth.moves.throttle\`). Verifying reads at the same rate.
- Both sides are kept in step for ${hours(soakHours)} after that (\`growth.moves.soak\`).
- Hours that depend on people alone are not estimated.
`;
}
