import { mean } from '../base/statistics/moments.ts';
import type { MachineSecond } from '../result/machine-second.ts';
import { percent } from './wording.ts';

/** Shares of the machine's processors below these explain nothing. */
const foreignLimit = 0.1;
const stealLimit = 0.02;

/** What else the machine did in the window, where that may be why; none where it did nothing. */
export function machineReasons(seconds: readonly MachineSecond[]): string[] {
  return [
    ...sentence('Other programs used', '', foreignLimit, seconds, (one) => one.foreignFraction),
    ...sentence('The hypervisor took', ' (steal)', stealLimit, seconds, (one) => one.stealFraction),
  ];
}

function sentence(
  who: string,
  what: string,
  limit: number,
  seconds: readonly MachineSecond[],
  fractionOf: (second: MachineSecond) => number | null,
): string[] {
  const known = seconds.flatMap(({ second, ...rest }) => {
    const fraction = fractionOf({ second, ...rest });
    return fraction === null ? [] : [{ second, fraction }];
  });
  const most = known.toSorted((a, b) => b.fraction - a.fraction)[0];
  if (most === undefined || most.fraction < limit) return [];
  const third = Math.max(1, Math.floor(known.length / 3));
  const share = (some: typeof known): string => percent(mean(some.map(({ fraction }) => fraction)));
  return [
    `${who} ${share(known.slice(0, third))} of the processors' time${what} in the first third of the ` +
      `window and ${share(known.slice(-third))} in the last, most of it in second ${most.second} ` +
      `(${percent(most.fraction)}).`,
  ];
}
