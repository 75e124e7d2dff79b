import type { CellFacts } from '../metrics/cell-metrics.ts';
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
  return {
    operations: workload.operations.map((operation) => ({
      name: operation.name,
      kind: operation.kind,
      routing: classify(operation, keyName, splitBy),
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
