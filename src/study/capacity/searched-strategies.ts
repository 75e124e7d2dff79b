import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { inTurns } from '../../host/turns.ts';
import type { CapacityDocument } from '../../result/capacity-document.ts';
import type { CapacityStep } from '../../result/capacity-step.ts';
import { routingSteps } from '../cells/cell-routing.ts';
import type { CellRunner } from '../cells/cell-runner.ts';
import type { CellSpec } from '../cells/cell-specs.ts';
import { PlacedKeys } from '../cells/placed-keys.ts';
import {
  capacityDocument,
  capacityExitCode,
  type CapacityOutcome,
  type CapacityParts,
} from './capacity-result.ts';
import { type SearchedStrategy, searchStrategy, type StrategyStage } from './search-strategy.ts';
import type { StrategySearch } from './strategy-result.ts';

/** A strategy whose turn it is. */
export interface StrategyTurn {
  readonly spec: CellSpec;
  /** Strategies that had their turn before. */
  readonly index: number;
}

export interface StrategiesSearch
  extends CapacityParts,
    Pick<SearchedStrategy, 'warmsUp' | 'accept' | 'signal' | 'next'> {
  /** A new one for each strategy. */
  readonly runner: (turn: StrategyTurn) => CellRunner;
  readonly entered: (
    turn: StrategyTurn,
    stage: StrategyStage,
    steps: readonly CapacityStep[],
  ) => void;
  /** Keeps the document as it stands after each step. */
  readonly keep: (document: CapacityDocument) => Promise<void>;
}

/**
 * Searches the strategies one after another. The first that cannot be searched is the last: what
 * made it fail would most likely make the others fail. What was found before is kept.
 */
export async function searchedStrategies(study: StrategiesSearch): Promise<CapacityOutcome> {
  const { order, signal } = study;
  const keys = new PlacedKeys(study.loaded);
  const searched: StrategySearch[] = [];
  let problem: unknown = null;
  for (const [index, spec] of order.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- in turn: they would disturb each other
    const { search, problem: own } = await searchOne({ spec, index }, study, keys, searched);
    searched.push(search);
    problem = own;
    if (problem !== null) break;
    // oxlint-disable-next-line no-await-in-loop -- what was found is kept before the next
    await study.keep(capacityDocument(study, searched));
  }
  const document = capacityDocument(study, searched);
  await study.keep(document);
  return { document, exitCode: capacityExitCode(document, problem, signal), problem };
}

interface SearchedOne {
  readonly search: StrategySearch;
  readonly problem: unknown;
}

async function searchOne(
  turn: StrategyTurn,
  study: StrategiesSearch,
  keys: PlacedKeys,
  before: readonly StrategySearch[],
): Promise<SearchedOne> {
  const { spec } = turn;
  const { loaded, signal, keep } = study;
  let steps: readonly CapacityStep[] = [];
  try {
    signal.throwIfAborted();
    const routing = await inTurns(routingSteps(spec, loaded, keys), () => signal.throwIfAborted());
    const runner = study.runner(turn);
    const search: SearchedStrategy = {
      ...study,
      spec,
      routing,
      entered: (stage, all) => study.entered(turn, stage, all),
      stepped: async (all) => {
        steps = [...all];
        const unfinished = { spec, steps, status: 'interrupted', error: null } as const;
        await keep(capacityDocument(study, [...before, unfinished]));
      },
    };
    try {
      const status = await searchStrategy(search, runner);
      return { search: { spec, steps, status, error: null }, problem: null };
    } finally {
      await runner.close();
    }
  } catch (problem) {
    if (signal.aborted) {
      const cause = { exitCode: exitCodes.interrupted, cause: problem };
      return {
        search: { spec, steps, status: 'interrupted', error: null },
        problem: new UserError('interrupted', cause),
      };
    }
    const error = problem instanceof Error ? problem.message : String(problem);
    return { search: { spec, steps, status: 'failed', error }, problem };
  }
}
