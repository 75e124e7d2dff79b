import { present } from '../base/assert.ts';
import type { CellFacts } from '../metrics/cell-metrics.ts';
import { type OperationFate, operationFates } from '../metrics/operation-fates.ts';
import type { KnownFacts } from '../metrics/phase-record.ts';
import { alarmSettings } from '../scenario/alarm-settings.ts';
import type { Scenario } from '../scenario/types.ts';
import { classify } from '../workload/classify.ts';
import type { Phase, Workload } from '../workload/types.ts';

/** How a cell is keyed, and what its writes can come to at best. */
export interface CellKey {
  /** null for the baseline on one shard. */
  readonly keyName: string | null;
  /** The second column, where values of the shard key are split by one. */
  readonly splitBy: string | null;
  readonly placement: CellFacts['placement'];
}

/** What is asked of a cell. */
interface CellTraffic {
  readonly scenario: Scenario;
  readonly workload: Workload;
  readonly phase: Phase;
}

/** What a cell's numbers follow from that the scenario and the strategy say alone. */
export function knownFacts(
  { scenario, workload, phase }: CellTraffic,
  { keyName, splitBy, placement }: CellKey,
): KnownFacts {
  const { limits } = scenario;
  const { arrivals } = phase;
  const layout = workload.tables?.layouts.get(keyName ?? 'single');
  const fates = layout === undefined ? null : operationFates(layout, workload.operations);
  return {
    operations: workload.operations.map((operation, index) => ({
      name: operation.name,
      kind: operation.kind,
      ...(fates === null
        ? { routing: classify(operation, keyName, splitBy) }
        : withRouting(present(fates[index], 'fate'))),
      rollsBack: operation.rollsBack === true,
      mayBeEmpty: operation.expect?.empty === true,
    })),
    errorFraction: limits.errorFraction,
    arrivals,
    connectionsPerShard: limits.connectionsPerShard,
    placement,
    alarms: alarmSettings(scenario),
  };
}

/** The word that documents of one table have for it. */
function withRouting(fate: OperationFate) {
  const routing = {
    single: 'single-shard',
    reference: 'single-shard',
    notRunnable: 'single-shard',
    multi: 'multi-shard',
    scatter: 'scatter-gather',
  } as const;
  return { ...fate, routing: routing[fate.fate] };
}
