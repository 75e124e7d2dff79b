import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { RunningFleet } from '../../fleet/types.ts';
import { systemClock } from '../../host/system-clock.ts';
import { TableChecksums } from '../../postgres/tables/verify-tables.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { cellRunnerContract, contractShards } from '../cells/cell-runner.suite.ts';
import { MeasuredCellRunner } from './measured-cell-runner.ts';
import { type StartedPacer, startPacer } from './pacer.ts';

let fleet: RunningFleet;
let started: StartedPacer | null = null;
beforeAll(async () => {
  ({ fleet } = await startShards(contractShards));
});
afterEach(() => started?.close());
afterAll(() => fleet.stop());

describe('the contract of runners, on real shards', () => {
  cellRunnerContract((loaded) => {
    started = startPacer(loaded);
    return new MeasuredCellRunner({
      loaded,
      fleet,
      ...started,
      clock: systemClock(),
      broken: new Promise<never>(() => undefined),
      sawError: () => undefined,
      checksums: new TableChecksums(),
      place: 0,
      keepsOpen: false,
    });
  });
});
