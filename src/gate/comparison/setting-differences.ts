import type { ChangedField } from '../../result/comparison-document.ts';
import type { RunResult } from '../../result/types.ts';
import { changedFields } from './changed-fields.ts';
import type { Pair } from './sides.ts';

/** Parts of a scenario that decide what is measured; what else differs stands after them. */
const decisiveParts: readonly string[] = [
  'name',
  'seed',
  'durationMs',
  'warmupMs',
  'arrivals',
  'loop',
  'tenants',
  'data',
  'topology',
  'operations',
  'strategies',
  'durability',
  'repeat',
];

/** What differs between the scenarios as both sides understood them, the decisive first. */
export function scenarioDifferences({ a, b }: Pair): readonly ChangedField[] {
  const of = ({ runs }: Pair['a']) => runs[0]?.result.scenario ?? {};
  return ordered(changedFields(of(a), of(b), '/scenario'), decisiveParts);
}

/** By these the times of two machines differ, whatever runs on them. */
export const machineFields = ['cpu', 'cores', 'memoryBytes', 'os', 'fleet'] as const;

const decisiveEnvironment: readonly string[] = [
  ...machineFields,
  'postgres',
  'durability',
  'servers',
  'shardlab',
  'node',
];

/** What differs in machine, fleet, servers and programs. Servers that are alike stand once. */
export function environmentDifferences({ a, b }: Pair): readonly ChangedField[] {
  const of = ({ runs }: Pair['a']) => {
    const environment = runs[0]?.result.environment;
    if (environment === undefined) return {};
    const { notes: _, servers, ...rest } = environment;
    return { ...rest, servers: alike(servers) };
  };
  return ordered(changedFields(of(a), of(b), '/environment'), decisiveEnvironment);
}

/** Shards of a fleet have the same settings as a rule, and then one of them stands for all. */
function alike(servers: RunResult['environment']['servers']): typeof servers {
  const kinds = new Map(servers.map((server) => [JSON.stringify(sorted(server)), server]));
  return kinds.size === 1 ? [...kinds.values()] : servers;
}

const sorted = ({ version, settings }: RunResult['environment']['servers'][number]) => [
  version,
  Object.entries(settings).toSorted(([one], [other]) => (one < other ? -1 : 1)),
];

/** `arrivals` of `/scenario/arrivals/ratePerSecond`. */
const partOf = ({ place }: Pick<ChangedField, 'place'>): string => place.split('/')[2] ?? '';

/** In the order of the decisive parts, the others after them. */
function ordered(
  fields: ReturnType<typeof changedFields>,
  parts: readonly string[],
): readonly ChangedField[] {
  const rank = (field: ChangedField): number =>
    field.decisive ? parts.indexOf(partOf(field)) : parts.length;
  return fields
    .map((field): ChangedField => {
      return { ...field, decisive: parts.includes(partOf(field)) };
    })
    .toSorted((one, other) => rank(one) - rank(other));
}
