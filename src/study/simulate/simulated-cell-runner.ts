import { rngFrom } from '../../base/rng.ts';
import type { PhaseRecord } from '../../metrics/phase-record.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { simulateKnown } from '../../simulate/extrapolation.ts';
import { hasSeries } from '../../simulate/simulated-cell.ts';
import type { CellPhase } from '../cells/cell-phases.ts';
import type { CellRunner, PlannedCell, RunnerFacts, TableOnShards } from '../cells/cell-runner.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

/** A cell in virtual time. */
export class SimulatedCellRunner implements CellRunner {
  private readonly loaded: LoadedScenario;
  private readonly report: (share: number) => void;
  private notes: readonly Fact[] = [];
  private tables: readonly TableOnShards[] | null = null;
  /** Phases so far. */
  private ran = 0;

  /** @param report told which share of a phase is over; what it throws ends the cell */
  constructor(loaded: LoadedScenario, report: (share: number) => void) {
    this.loaded = loaded;
    this.report = report;
  }

  /** Shards in virtual time need no rows: it is enough to count them. */
  async prepare({ spec, routing }: PlannedCell): Promise<void> {
    if (routing.tables !== null) this.tables = routing.tables.contents();
    const notes: Fact[] = [];
    if (spec.strategy?.lookup !== undefined) {
      notes.push(fact('look-ups-not-simulated'));
    }
    if (!hasSeries(spec.shardCount, this.loaded.scenario.durationMs)) {
      notes.push(fact('no-row-for-each-second', { place: '/shards' }));
    }
    this.notes = notes;
  }

  async run({ phase, routing }: CellPhase): Promise<PhaseRecord> {
    const { scenario, workload } = this.loaded;
    const pause = async (share: number): Promise<void> => {
      // Ctrl-C is heard between two turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      this.report(share);
    };
    // Each phase has service times of its own; those of the first are drawn from the seed itself.
    const seed =
      this.ran === 0 ? scenario.seed : rngFrom(scenario.seed, `phase ${this.ran}`).uint32();
    this.ran += 1;
    return simulateKnown(routing, { scenario: { ...scenario, seed }, workload, phase, pause });
  }

  async facts(): Promise<RunnerFacts> {
    const facts = { servers: [], lookup: null, notes: this.notes };
    return this.tables === null ? facts : { ...facts, tables: this.tables };
  }

  async close(): Promise<void> {}
}
