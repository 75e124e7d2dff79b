import { present } from '../../base/assert.ts';
import { suggest } from '../../base/suggest.ts';
import { formatDuration, formatRate } from '../../base/units.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { inTurns } from '../../host/turns.ts';
import { readUserFile } from '../../host/files.ts';
import type { Fact } from '../../result/finding.ts';
import { cellName, isValid, verdictWord } from '../../result/cells.ts';
import { parseRunResult } from '../../result/parse.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import type { Simulation } from '../../scenario/simulation-types.ts';
import { calibrate } from '../../simulate/calibration.ts';
import type { Observation } from '../../simulate/fit-kinds.ts';
import { measurePhase } from '../../workload/phases.ts';
import { calibrationNotes } from './calibration-notes.ts';
import { routingSteps } from '../cells/cell-routing.ts';
import { PlacedKeys } from '../cells/placed-keys.ts';
import { baselineName, type CellSpec, cellSpecs } from '../cells/cell-specs.ts';
import { type LoadedScenario, loadScenario } from '../scenario/load-scenario.ts';

export interface CalibratedSimulation {
  readonly simulation: Simulation;
  /** What it was calibrated on and how well it agrees. */
  readonly notes: readonly Fact[];
}

/**
 * The service times with which a measured result comes out of the simulation as it was measured.
 * The measured arrivals are drawn again, so scenario, seed, duration and rate must be those of the
 * results; what is simulated afterwards may differ.
 *
 * @param resultPaths the first is fitted to; the others, and other cells, say what rows do
 * @param only the only cell to look at; null: the first VALID one on several shards, and others
 * @throws UserError (exit code 2) where a result is not of this scenario or has no such cell
 */
export async function calibrateSimulation(
  scenarioPath: string,
  resultPaths: readonly string[],
  only: string | null,
): Promise<CalibratedSimulation> {
  const results = await Promise.all(resultPaths.map(measuredResult));
  const first = present(results[0], 'result to calibrate on');
  const cell = chosenCell(first.result, first.path, only);
  // Each must have a cell to learn from: a result that says nothing was not meant to be given.
  for (const { result, path } of results.slice(1)) chosenCell(result, path, only);
  const chosen = [{ ...first, cell }, ...othersOf(results, cell, only)];
  const [primary, ...others] = await inTurn(chosen, (each) => observed(scenarioPath, each));
  const found = await calibrate(present(primary, 'observed cell'), others);
  return { simulation: found.simulation, notes: calibrationNotes(found, cell, first.path) };
}

interface MeasuredResult {
  readonly path: string;
  readonly result: RunResult;
}

async function measuredResult(path: string): Promise<MeasuredResult> {
  const text = new TextDecoder().decode(await readUserFile(path, 'result'));
  const result = parseRunResult(text, path);
  if (result.source === 'measured') return { path, result };
  throw refused(path, 'it is itself a simulation; allowed: the result of `shardlab run`');
}

/**
 * One cell of each shard count, shard key and size of data: others have the same rows before them.
 */
function othersOf(
  results: readonly MeasuredResult[],
  primary: Cell,
  only: string | null,
): (MeasuredResult & { readonly cell: Cell })[] {
  const kindOf = ({ shardCount, shardKey }: Cell, { scenario }: RunResult): string =>
    JSON.stringify([shardCount, shardKey, dataBytesOf(scenario) ?? null]);
  const [first] = results;
  const seen = new Set(first === undefined ? [] : [kindOf(primary, first.result)]);
  return results.flatMap(({ path, result }) =>
    result.cells.flatMap((cell) => {
      const kind = kindOf(cell, result);
      if (!isValid(cell) || (only !== null && !isNamed(cell, only, result))) return [];
      if (seen.has(kind)) return [];
      seen.add(kind);
      return [{ path, result, cell }];
    }),
  );
}

const isNamed = (cell: Cell, name: string, { cells }: RunResult): boolean =>
  cell.strategy === name || cellName(cell, cells) === name;

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const one of all) done.push(await work(one));
  return done;
}

/** A cell of a result with the arrivals that it was measured with. */
async function observed(
  scenarioPath: string,
  { path, result, cell }: MeasuredResult & { readonly cell: Cell },
): Promise<Observation> {
  const dataBytes = dataBytesOf(result.scenario);
  const loaded = await loadScenario(scenarioPath, {
    seed: String(result.seed),
    duration: formatDuration(result.window.durationMs),
    ...rateOf(result),
    ...(cell.shardCount > 1 && { shards: String(cell.shardCount) }),
    ...(dataBytes !== undefined && { dataBytes }),
  });
  const spec = specOf(loaded, cell);
  if (loaded.plan.digest !== result.arrivalsDigest || spec === undefined) {
    throw refused(
      path,
      `it is not a result of ${scenarioPath}: with its seed, duration and rate the scenario has ` +
        'different arrivals or cells',
    );
  }
  const { scenario, workload, plan } = loaded;
  const cores = coresShared(result, scenario.simulation);
  return {
    cell,
    routing: await inTurns(routingSteps(spec, loaded, new PlacedKeys(loaded))),
    load: {
      scenario: { ...scenario, simulation: { ...scenario.simulation, cores } },
      workload,
      phase: measurePhase(workload, plan.measure.firstNewRow),
      pause: async () => undefined,
    },
  };
}

function dataBytesOf(scenario: RunResult['scenario']): number | undefined {
  const { data } = scenario as { readonly data?: { readonly totalBytes?: unknown } };
  return typeof data?.totalBytes === 'number' ? data.totalBytes : undefined;
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
  const nameOf = (cell: Cell): string => cellName(cell, cells);
  const usable = valid.map(nameOf);
  const found =
    name === null
      ? (valid.find(({ shardCount }) => shardCount > 1) ?? valid[0])
      : (valid.find((cell) => nameOf(cell) === name) ??
        valid.find(({ strategy }) => strategy === name));
  if (found !== undefined) return found;
  const allowed = usable.length === 0 ? 'none, because no cell is VALID' : usable.join(', ');
  if (name === null) throw refused(resultPath, 'it has no VALID cell');
  const other = cells.find((cell) => nameOf(cell) === name);
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
