import { formatDuration, formatRate, formatSize } from '../../base/units.ts';
import type { AdviceDocument } from '../../result/advice-document.ts';
import { capacityInput } from '../../scenario/capacity-input.ts';
import type { Capacity } from '../../scenario/growth-types.ts';

type Limits = Capacity['limits'];

interface Line {
  readonly name: string;
  readonly of: (limits: Limits) => string;
  readonly meaning: string;
}

const lines: readonly Line[] = [
  {
    name: 'iops',
    of: ({ iopsPerSecond }) => formatRate(iopsPerSecond),
    meaning: "I/O operations that the instance's volume can do each second",
  },
  {
    name: 'wal',
    of: ({ walBytesPerSecond }) => `${formatSize(walBytesPerSecond)}/s`,
    meaning: 'WAL that one Postgres can write, ship and replay each second in normal use',
  },
  {
    name: 'memory',
    of: ({ memoryBytes }) => formatSize(memoryBytes),
    meaning: 'memory of the instance for the rows and pages that are used often',
  },
  {
    name: 'connections',
    of: ({ connections }) => String(connections),
    meaning: 'connections in use that one Postgres can have in normal use',
  },
  {
    name: 'backup',
    of: ({ backupMs }) => formatDuration(backupMs),
    meaning: 'how long a backup may take',
  },
  {
    name: 'restore',
    of: ({ restoreMs }) => formatDuration(restoreMs),
    meaning: 'how long a restore may take',
  },
  {
    name: 'copy',
    of: ({ copyBytesPerSecond }) => `${formatSize(copyBytesPerSecond)}/s`,
    meaning: 'bytes that a backup reads and a restore writes each second',
  },
];

/** Ceilings that only advice asks for. */
export function limitAssumptions({ limits }: Capacity): AdviceDocument['assumptions'] {
  const usual = capacityInput.parse({}).limits;
  return lines.map(({ name, of, meaning }) => {
    const value = of(limits);
    return { path: `capacity.limits.${name}`, value, isDefault: value === of(usual), meaning };
  });
}
