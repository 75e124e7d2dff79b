import type { TimingRound } from '../result/gate-timing.ts';
import type { ReadyReply, TimingJob } from './timing-job.ts';
import { TimingFailure, TimingProcess } from './timing-process.ts';

export type TimedSide = 'base' | 'head';
type Slot = TimingRound['order'][number];

/** Where one side's code is. */
export interface SideJob {
  readonly job: TimingJob;
  /** Its folder, which its processes run in. */
  readonly folder: string;
}

/** What a round found out. */
export interface MeasuredRound {
  readonly round: TimingRound;
  readonly base: ReadyReply;
  readonly head: ReadyReply;
}

/** One side could not be measured. */
export class SideFailure extends Error {
  override readonly name = 'SideFailure';
  readonly side: TimedSide;

  constructor(side: TimedSide, message: string) {
    super(message);
    this.side = side;
  }
}

/** Slices of each process in a round; half of them in the order, half in the reverse. */
const slices = 10;
const sliceNs = 2e6;

/**
 * One round: starts a process of base, one of head and a second one of base, and lets them measure
 * in turns, in short slices: A B C, C B A, and again. A process's figure is its fastest slice: what
 * else the machine does makes slices slower, never faster.
 *
 * @throws SideFailure where a process does not come up or ends
 */
export async function measureRound(
  sides: Readonly<Record<TimedSide, SideJob>>,
  order: readonly Slot[],
  cacheFolder: string,
): Promise<MeasuredRound> {
  const processes = order.map((slot) => {
    const { job, folder } = sides[sideOf(slot)];
    return { slot, process: new TimingProcess(job, folder, cacheFolder), times: [] as number[] };
  });
  try {
    const ready = await Promise.all(
      processes.map(({ slot, process }) => of(slot, process.ready())),
    );
    const replyOf = (slot: Slot): ReadyReply => ready[order.indexOf(slot)] as ReadyReply;
    // The same number of keys for all, so that a slice is the same work.
    const count = Math.max(1, Math.round(sliceNs / replyOf('base').ns));
    for (let turn = 0; turn < slices; turn += 1) {
      for (const { slot, process, times } of turn % 2 === 0 ? processes : processes.toReversed()) {
        times.push(await of(slot, process.slice(count)));
      }
    }
    const nsOf = (slot: Slot): number =>
      Math.min(...(processes.find((each) => each.slot === slot)?.times ?? []));
    return {
      round: {
        order: [...order],
        baseNs: nsOf('base'),
        headNs: nsOf('head'),
        controlNs: nsOf('control'),
      },
      base: replyOf('base'),
      head: replyOf('head'),
    };
  } finally {
    await Promise.all(processes.map(({ process }) => process.close()));
  }
}

function sideOf(slot: Slot): TimedSide {
  return slot === 'head' ? 'head' : 'base';
}

async function of<T>(slot: Slot, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof TimingFailure)) throw error;
    throw new SideFailure(sideOf(slot), error.message);
  }
}
