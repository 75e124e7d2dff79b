import { cellMetrics, type CellMetrics } from '../metrics/cell-metrics.ts';
import type { KnownFacts, PhaseRecord } from '../metrics/phase-record.ts';
import type { Judgement } from '../metrics/verdict.ts';
import { fact } from '../result/finding.ts';
import type { Simulation } from '../scenario/simulation-types.ts';
import { meanRows, sameRows } from './fit-kinds.ts';
import { type CellLoad, type SimulatedRouting, simulatePhase } from './simulated-cell.ts';

/** p50 and p99 that differ by less are as good as one: two runs differ by more. */
const differsBy = 1.15;

/**
 * One phase in virtual time. Where an operation meets a number of rows that it was not measured
 * before, and nobody knows whether its time follows them, the phase is simulated both ways.
 */
export async function simulateKnown(
  routing: SimulatedRouting,
  load: CellLoad,
): Promise<PhaseRecord> {
  const record = await simulatePhase(routing, load);
  const operations = unknownHere(routing, load);
  if (operations.length === 0) return record;
  const { scenario } = load;
  const simulation = asScans(scenario.simulation, operations);
  const other = await simulatePhase(routing, { ...load, scenario: { ...scenario, simulation } });
  return { ...record, otherwise: { operations, record: other } };
}

/**
 * The numbers of a phase, and whether they may be believed. Where the two ways agree it makes no
 * difference; where they do not the cell is EXTRAPOLATED, and both answers stand in the reason.
 * Refusing it would take the other cells with it, which are sound, and one of the two answers alone
 * is what was wrong by a factor of 36.
 */
export function phaseMetrics(record: PhaseRecord, known: KnownFacts): CellMetrics {
  const { samples, otherwise, ...observed } = record;
  const metrics = cellMetrics([samples], { ...known, ...observed });
  if (otherwise === null) return metrics;
  const asScan = phaseMetrics(otherwise.record, known);
  if (agree(metrics, asScan)) return metrics;
  return { ...metrics, verdict: extrapolated(metrics, asScan, otherwise.operations) };
}

/**
 * Operations whose kind is not known and that stand before other rows than they were measured on.
 */
function unknownHere(routing: SimulatedRouting, load: CellLoad): string[] {
  const { operations } = load.scenario.simulation;
  const rows = meanRows({ routing, load });
  return load.workload.operations.flatMap(({ name }, i) => {
    const { scan } = operations[name] ?? {};
    if (scan?.share !== null || scan.rows === null) return [];
    const times = (rows[i] ?? 0) / scan.rows;
    return Math.abs(Math.log(times)) > Math.log(sameRows) ? [name] : [];
  });
}

function asScans(simulation: Simulation, names: readonly string[]): Simulation {
  const operations = Object.entries(simulation.operations).map(([name, time]) => {
    const { scan } = time;
    if (!names.includes(name) || scan === undefined) return [name, time] as const;
    return [name, { ...time, scan: { share: 1, rows: scan.rows } }] as const;
  });
  return { ...simulation, operations: Object.fromEntries(operations) };
}

function agree(a: CellMetrics, b: CellMetrics): boolean {
  if (a.verdict.status !== b.verdict.status) return false;
  // Nobody believes a SATURATED cell's times, whichever they are.
  if (a.verdict.status === 'SATURATED') return true;
  return (['p50', 'p99'] as const).every((name) => {
    const [first, second] = [a, b].map((cell) => cell.overall?.responseMs[name] ?? null);
    if (first === null || second === null) return first === second;
    return Math.abs(Math.log((first ?? 0) / (second ?? 1))) < Math.log(differsBy);
  });
}

function extrapolated(
  asLookUp: CellMetrics,
  asScan: CellMetrics,
  operations: readonly string[],
): Judgement {
  const reason = fact('rows-unknown', {
    severity: 'error',
    numbers: { lookUpMsP50: p50Of(asLookUp), scanMsP50: p50Of(asScan) },
    names: {
      operations,
      lookUpStatus: asLookUp.verdict.status,
      scanStatus: asScan.verdict.status,
    },
  });
  return { status: 'EXTRAPOLATED', reasons: [reason, ...asLookUp.verdict.reasons] };
}

const p50Of = ({ overall }: CellMetrics): number | null => overall?.responseMs.p50 ?? null;
