import { fact } from '../../result/finding.ts';
import { migrationText } from '../../wording/migration.ts';
import type { Artefact, Chosen } from './artefact-types.ts';

const secondsPerHour = 3600;

/** The steps from one instance to shards, with the hours that follow from bytes and a rate. */
export function migrationPlan({ scenario, strategy, shardCount, layout }: Chosen): Artefact {
  const { moves, now } = scenario.growth;
  const bytes = now.bytes ?? scenario.data.totalBytes;
  const copyHours = bytes / moves.throttleBytesPerSecond / secondsPerHour;
  const soakHours = moves.soakMs / 1000 / secondsPerHour;
  const numbers = {
    bytes,
    bytesPerSecond: moves.throttleBytesPerSecond,
    copyHours,
    // Verifying reads what was written, at the same rate.
    verifyHours: copyHours,
    soakHours,
  };
  const text = migrationText({
    ...numbers,
    strategy: strategy.name,
    key: strategy.key,
    shardCount,
    isBytesStated: now.bytes !== null,
    lost: layout?.lost.length ?? 0,
  });
  const note = fact('artefact-migration', { numbers });
  return { path: 'migration.md', text, placement: 'exact', note };
}
