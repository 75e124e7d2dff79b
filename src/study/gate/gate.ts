import type { MachineFacts } from '../../host/environment.ts';
import { type BaseCheckout, checkOutBase } from '../../bench/base-checkout.ts';
import { timeRouters, type TimingProgress } from '../../bench/paired-processes.ts';
import { gateVerdict } from '../../gate/gate-verdict.ts';
import { type Fact, fact, type Finding, type Unworded } from '../../result/finding.ts';
import type { GateCounters, GateDocument } from '../../result/gate-document.ts';
import type { GateTiming } from '../../result/gate-timing.ts';
import { worded } from '../../wording/worded.ts';
import type { GateChoices } from './gate-choices.ts';
import { compareCounters } from './gate-counters.ts';
import {
  baseEntry,
  gateRouters,
  type GateRouter,
  headEntry,
  hotPathEntry,
  timedOf,
  timedRouter,
} from './gate-routers.ts';

/** What the gate needs of the world around it. */
export interface GateSetting {
  /** Absolute path of head. */
  readonly folder: string;
  readonly machine: MachineFacts;
  readonly startedAt: string;
  readonly signal: AbortSignal;
  /** A line about what is going on. */
  readonly note: (text: string) => void;
  readonly onProgress: (progress: TimingProgress) => void;
}

/** Below this a comparison of times says nothing. */
const leastTimingMs = 1000;

/**
 * Compares head with the base: exact counters, then, where those agree, times. The base's files are
 * removed again however it ends.
 *
 * @throws UserError where the base or the routers are not what can be compared
 */
export async function gate(choices: GateChoices, setting: GateSetting): Promise<GateDocument> {
  const { folder: headFolder, signal } = setting;
  const routers = await gateRouters(choices.routers, headFolder);
  const base = await checkOutBase(choices.base, headFolder, signal);
  // Packages of a base that locks others take as long as they take.
  const startMs = performance.now();
  try {
    const notes = [whatIsCompared(base), ...base.notes].map(worded);
    for (const { text } of notes) setting.note(text);
    const trees = { headFolder, baseFolder: base.folder, signal };
    const counters = await compareCounters(routers, choices.routers.length === 0, trees);
    setting.note(`${counters.compared} exact counters: ${counters.differences.length} differ`);
    const timed = timedOf(choices.routers, routers);
    const problems = baseProblems(timed, base);
    const decided = [counters.differences, counters.problems, problems].some(
      ({ length }) => length > 0,
    );
    const leftMs = Math.max(leastTimingMs, choices.maxTimeMs - (performance.now() - startMs));
    const timing =
      decided || signal.aborted
        ? null
        : await timeBoth(timed, base, { ...choices, maxTimeMs: Math.floor(leftMs) }, setting);
    return documentOf({ base, notes, counters, timing, problems }, setting);
  } finally {
    base.remove();
  }
}

/** What is to be timed but cannot be, in the base as a whole. */
function baseProblems(timed: readonly GateRouter[], base: BaseCheckout): Fact[] {
  if (timed.every(({ own }) => own) || baseEntry(base.folder) !== null) return [];
  const names = { base: base.name, file: hotPathEntry };
  return [fact('base-too-old', { severity: 'error', names, place: '/base' })];
}

function timeBoth(
  timed: readonly GateRouter[],
  base: BaseCheckout,
  { maxTimeMs, seed }: GateChoices,
  { folder, signal, onProgress }: GateSetting,
): Promise<GateTiming> {
  const entry = headEntry();
  return timeRouters({
    base: { folder: base.folder, entry: baseEntry(base.folder) ?? entry },
    head: { folder, entry },
    routers: timed.map((router) => timedRouter(router, base.folder, folder)),
    maxTimeMs,
    seed,
    onProgress,
    signal,
  });
}

function whatIsCompared({ name, commit, head }: BaseCheckout): Fact {
  return fact('what-is-compared', {
    numbers: { changedFiles: head?.changedFiles },
    names: {
      base: name,
      baseCommit: commit,
      head: head === null ? 'folder' : 'repository',
      commit: head?.commit,
      branch: head?.branch,
    },
    place: '/head',
  });
}

interface Evidence {
  readonly base: BaseCheckout;
  readonly notes: readonly Finding[];
  readonly counters: Unworded<GateCounters>;
  readonly timing: GateTiming | null;
  readonly problems: readonly Fact[];
}

function documentOf(
  { base, notes, counters, timing, problems }: Evidence,
  { machine: { shardlab, node, os, cpu, cores }, startedAt }: GateSetting,
): GateDocument {
  const { reasons, ...verdict } = gateVerdict(counters, timing, problems);
  return {
    schema: 'shardlab/gate/v2',
    startedAt,
    environment: { shardlab, node, os, cpu, cores },
    head: base.head,
    base: { name: base.name, commit: base.commit },
    notes: [...notes],
    counters: { ...counters, problems: counters.problems.map(worded) },
    timing,
    verdict: { ...verdict, reasons: reasons.map(worded) },
  };
}
