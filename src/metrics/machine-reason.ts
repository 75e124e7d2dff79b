import { mean } from '../base/statistics/moments.ts';
import type { BusyProgram } from '../result/busy-program.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { MachineSecond } from '../result/machine-second.ts';
import { numbered } from '../result/numbered.ts';

/** Shares of the machine's processors below these explain nothing. */
const foreignLimit = 0.1;
const stealLimit = 0.02;

/**
 * What else the machine did in the window, where that may be why, and which programs used most;
 * none where it did nothing.
 */
export function machineReasons(
  seconds: readonly MachineSecond[],
  busiest: readonly BusyProgram[],
): Fact[] {
  const programs = taken('other-programs', foreignLimit, seconds, (one) => one.foreignFraction);
  return [
    ...programs.map((one) => namingPrograms(one, busiest)),
    ...taken('stolen-time', stealLimit, seconds, (one) => one.stealFraction),
  ];
}

function taken(
  code: string,
  limit: number,
  seconds: readonly MachineSecond[],
  fractionOf: (second: MachineSecond) => number | null,
): Fact[] {
  const known = seconds.flatMap((second) => {
    const fraction = fractionOf(second);
    return fraction === null ? [] : [{ second: second.second, fraction }];
  });
  const most = known.toSorted((a, b) => b.fraction - a.fraction)[0];
  if (most === undefined || most.fraction < limit) return [];
  const third = Math.max(1, Math.floor(known.length / 3));
  const share = (some: typeof known): number => mean(some.map(({ fraction }) => fraction));
  return [
    fact(code, {
      severity: 'warning',
      numbers: {
        firstFraction: share(known.slice(0, third)),
        lastFraction: share(known.slice(-third)),
        mostFraction: most.fraction,
        mostSecond: most.second,
      },
      place: '/generator/machine',
    }),
  ];
}

/** The fact with the programs that it is about; as it is where none are known. */
export function namingPrograms(one: Fact, busiest: readonly BusyProgram[]): Fact {
  if (busiest.length === 0) return one;
  return {
    ...one,
    numbers: {
      ...one.numbers,
      ...numbered(
        'pid',
        busiest.map(({ pid }) => pid),
      ),
      ...numbered(
        'coreFraction',
        busiest.map(({ cpuFraction }) => cpuFraction),
      ),
    },
    names: { ...one.names, programs: busiest.map(({ name }) => name) },
  };
}
