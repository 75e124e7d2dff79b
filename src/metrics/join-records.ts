import { present } from '../base/assert.ts';
import { mean } from '../base/statistics/moments.ts';
import type { Cell } from '../result/types.ts';
import { joinRepeats } from './join-repeats.ts';
import type { PhaseRecord } from './phase-record.ts';

type BusyProgram = NonNullable<Generator['busiest']>[number];
type Generator = NonNullable<PhaseRecord['generator']>;
type Server = NonNullable<Cell['server']>;

/** What the equal parts of a window have left, as that of one window. */
export function joinRecords(parts: readonly [PhaseRecord, ...PhaseRecord[]]): PhaseRecord {
  const [first, ...others] = parts;
  if (others.length === 0) return first;
  const windowMs = first.samples.windowNs / 1e6;
  const generators = whole(parts.map(({ generator }) => generator));
  const servers = whole(parts.map(({ server }) => server));
  return {
    samples: joinRepeats([first.samples, ...others.map(({ samples }) => samples)]),
    contents: first.contents,
    throttledFractions: first.throttledFractions.map((_, shard) => {
      const each = whole(parts.map((part) => part.throttledFractions[shard] ?? null));
      return each && mean(each);
    }),
    generator: generators && joinGenerators(generators, windowMs),
    server: servers && sumOf(servers),
    otherwise: null,
  };
}

/** null where a part is missing: the others do not stand for all. */
function whole<T>(parts: readonly (T | null)[]): T[] | null {
  const known = parts.filter((part): part is T => part !== null);
  return known.length === parts.length ? known : null;
}

/** Parts are equally long. Of several medians their mean is given, of tails the longest. */
function joinGenerators(parts: readonly Generator[], windowMs: number): Generator {
  const of = (value: (part: Generator) => number | null): number[] | null =>
    whole(parts.map(value));
  const delays = {
    p50: of(({ eventLoopDelayMs }) => eventLoopDelayMs.p50),
    p99: of(({ eventLoopDelayMs }) => eventLoopDelayMs.p99),
    max: of(({ eventLoopDelayMs }) => eventLoopDelayMs.max),
  };
  const machines = parts.map(({ machine }) => machine);
  const seconds = windowMs / 1000;
  return {
    ...present(parts[0], 'part'),
    cpuFraction: mean(parts.map(({ cpuFraction }) => cpuFraction)),
    eventLoopUtilization: mean(parts.map(({ eventLoopUtilization }) => eventLoopUtilization)),
    eventLoopDelayMs: {
      p50: delays.p50 && mean(delays.p50),
      p99: delays.p99 && Math.max(...delays.p99),
      max: delays.max && Math.max(...delays.max),
    },
    ...(machines.some((machine) => machine !== undefined) && {
      machine: machines.flatMap((machine, part) => inPart(machine ?? [], part, seconds)),
    }),
    ...(parts.every(({ busiest }) => busiest !== undefined) && { busiest: busiestOf(parts) }),
  };
}

type MachineSecond = NonNullable<Generator['machine']>[number];

/** Seconds of one part, as those of the whole window. */
function inPart(
  machine: readonly MachineSecond[],
  part: number,
  secondsOfPart: number,
): MachineSecond[] {
  const moved: MachineSecond[] = [];
  for (const each of machine) {
    if (each.second >= secondsOfPart) continue;
    moved.push({ ...each, second: each.second + part * secondsOfPart });
  }
  return moved;
}

/** Of programs that each part has found to be its busiest; in other parts they count as idle. */
function busiestOf(parts: readonly Generator[]): BusyProgram[] {
  const byPid = new Map<number, BusyProgram>();
  for (const program of parts.flatMap(({ busiest = [] }) => busiest)) {
    const before = byPid.get(program.pid)?.cpuFraction ?? 0;
    const cpuFraction = before + program.cpuFraction / parts.length;
    byPid.set(program.pid, { ...program, cpuFraction });
  }
  return [...byPid.values()].toSorted((a, b) => b.cpuFraction - a.cpuFraction).slice(0, 3);
}

function sumOf(parts: readonly Server[]): Server {
  const sum = (value: (part: Server) => number): number =>
    parts.reduce((total, part) => total + value(part), 0);
  return {
    checkpoints: sum(({ checkpoints }) => checkpoints),
    checkpointsTimed: sum(({ checkpointsTimed = 0 }) => checkpointsTimed),
    autovacuums: sum(({ autovacuums }) => autovacuums),
    walBytes: sum(({ walBytes }) => walBytes),
  };
}
