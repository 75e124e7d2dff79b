import { suggest } from '../base/suggest.ts';
import { formatDuration, formatRate } from '../base/units.ts';
import { exitCodes, UserError } from '../base/user-error.ts';
import { inTurns } from '../host/turns.ts';
import { readUserFile } from '../host/files.ts';
import { isValid, verdictWord } from '../result/cells.ts';
import { parseRunResult } from '../result/parse.ts';
import type { Cell, RunResult } from '../result/types.ts';
import type { Simulation } from '../scenario/simulation-types.ts';
import { type Calibration, calibrate } from '../simulate/calibration.ts';
import { routingSteps } from './cell-routing.ts';
import { baselineName, type CellSpec, cellSpecs } from './cells.ts';
import { type LoadedScenario, loadScenario } from './load-scenario.ts';

export interface CalibratedSimulation {
  readonly simulation: Simulation;
  /** What it was calibrated on and how well it agrees, in full sentences. */
  readonly notes: readonly string[];
}

/**
 * The service times with which a measured result comes out of the simulation as it was measured.
 * The measured arrivals are drawn again, so scenario, seed, duration and rate must be those of the
 * result; what is simulated afterwards may differ.
 *
 * @param cellName the cell to calibrate on; null: the first VALID one on several shards
 * @throws UserError (exit code 2) where the result is not of this scenario or has no such cell
 */
export async function calibrateSimulation(
  scenarioPath: string,
  resultPath: string,
  cellName: string | null,
): Promise<CalibratedSimulation> {
  const text = new TextDecoder().decode(await readUserFile(resultPath, 'result'));
  const result = parseRunResult(text, resultPath);
  if (result.source !== 'measured') {
    throw refused(resultPath, 'it is simulated itself; allowed: the result of `shardlab run`');
  }
  const cell = chosenCell(result, resultPath, cellName);
  const loaded = await loadScenario(scenarioPath, {
    seed: String(result.seed),
    duration: formatDuration(result.window.durationMs),
    ...rateOf(result),
  });
  const spec = specOf(loaded, cell);
  if (loaded.plan.digest !== result.arrivalsDigest || spec === undefined) {
    throw refused(
      resultPath,
      `it is not a result of ${scenarioPath}: with its seed, duration and rate the arrivals or the ` +
        'cells of the scenario are others',
    );
  }
  const { scenario } = loaded;
  const cores = coresShared(result, scenario.simulation);
  const found = await calibrate(
    cell,
    { ...(await inTurns(routingSteps(spec, loaded))), keyName: cell.shardKey },
    {
      scenario: { ...scenario, simulation: { ...scenario.simulation, cores } },
      workload: loaded.workload,
      firstNewRow: loaded.plan.measure.firstNewRow,
      pause: async () => undefined,
    },
  );
  return { simulation: found.simulation, notes: notesOf(found, cell, resultPath) };
}

/** Shards that we started were all on this machine; where the user's own are is for them to say. */
function coresShared({ environment }: RunResult, { cores }: Simulation): number | null {
  return environment.fleet === 'urls' ? cores : environment.cores;
}

function refused(resultPath: string, why: string): UserError {
  return new UserError(`--calibrate: found ${resultPath}, but ${why}`, {
    exitCode: exitCodes.usage,
  });
}

function chosenCell({ cells }: RunResult, resultPath: string, name: string | null): Cell {
  const valid = cells.filter((cell) => isValid(cell));
  const usable = valid.map(({ strategy }) => strategy);
  const found =
    name === null
      ? (valid.find(({ shardCount }) => shardCount > 1) ?? valid[0])
      : valid.find(({ strategy }) => strategy === name);
  if (found !== undefined) return found;
  const allowed = usable.length === 0 ? 'none, no cell is VALID' : usable.join(', ');
  if (name === null) throw refused(resultPath, `it has no VALID cell`);
  const other = cells.find(({ strategy }) => strategy === name);
  const state = other === undefined ? '' : ` (which is ${verdictWord(other)})`;
  const near = suggest(name, usable);
  throw new UserError(
    `--calibrate-on: found "${name}"${state}; allowed: ${allowed}` +
      (near === undefined ? '' : `; did you mean ${near}?`),
    { exitCode: exitCodes.usage },
  );
}

/** The rate may have been given on the command line of the run. */
function rateOf({ scenario }: RunResult): { rate?: string } {
  const { arrivals } = scenario as { readonly arrivals?: { readonly ratePerSecond?: unknown } };
  const rate = arrivals?.ratePerSecond;
  return typeof rate === 'number' ? { rate: formatRate(rate) } : {};
}

function specOf({ scenario }: LoadedScenario, cell: Cell): CellSpec | undefined {
  if (cell.strategy === baselineName) {
    return { name: baselineName, strategy: null, shardCount: 1 };
  }
  return cellSpecs(scenario).find(
    ({ name, shardCount }) => name === cell.strategy && shardCount === cell.shardCount,
  );
}

function notesOf({ simulation, compared, distance }: Calibration, cell: Cell, path: string) {
  const { servers, cores, quota } = simulation;
  const shown = compared
    .filter(({ what }) => /^(all|one) /.test(what))
    .map(
      ({ what, measuredMs, simulatedMs }) =>
        `${what} ${simulatedMs.toPrecision(3)} ms (measured ${measuredMs.toPrecision(3)} ms)`,
    );
  return [
    `Calibrated on ${cell.strategy} of ${path}: ${servers} server${servers === 1 ? '' : 's'} a ` +
      `shard${cores === null ? '' : ` on ${cores} core${cores === 1 ? '' : 's'} for all`}` +
      `${quota ? ', held back by the CPU quota' : ''}; on that cell percentiles are off by ` +
      `${(100 * distance).toFixed(1)} % on average.`,
    `On the cell that was calibrated on: ${shown.join(', ')}.`,
  ];
}
