import type { Cell } from '../../result/types.ts';
import type { Simulation } from '../../scenario/simulation-types.ts';
import type { Calibration } from '../../simulate/calibration.ts';

/** On what a simulation was calibrated, how well it agrees, and what it does not know. */
export function calibrationNotes(
  { simulation, compared, distance }: Calibration,
  cell: Cell,
  path: string,
): string[] {
  const { servers, cores, quota } = simulation;
  const shown = compared
    .filter(({ what }) => /^(all|one) /.test(what))
    .map(
      ({ what, measuredMs, simulatedMs }) =>
        `${what} ${simulatedMs.toPrecision(3)} ms (measured ${measuredMs.toPrecision(3)} ms)`,
    );
  return [
    `Calibrated on ${cell.strategy} of ${path}: ${servers} server${servers === 1 ? '' : 's'} a ` +
      `shard${cores === null ? '' : ` on ${cores} core${cores === 1 ? '' : 's'} that all shards share`}` +
      `${quota ? ', limited by the CPU quota' : ''}; on that cell the percentiles differ by ` +
      `${(100 * distance).toFixed(1)} % on average.`,
    `On the cell that the simulation was calibrated on: ${shown.join(', ')}.`,
    ...kindNotes(simulation),
    ...stallNotes(simulation),
  ];
}

/** What the shards were slow by at the same time. */
function stallNotes({ stalls }: Simulation): string[] {
  if (stalls === null) return [];
  return [
    'The shards of the measured cell were slow in the same seconds: the logarithms of their p50 of each ' +
      `second have a common standard deviation of ${stalls.sigma.toFixed(2)} that the model without ` +
      'it does not have. So the simulation slows all shards in the same seconds (simulation.stalls).',
  ];
}

/** Which times follow the rows of a shard, as far as that is known. */
function kindNotes({ operations }: Simulation): string[] {
  const all = Object.entries(operations);
  const known = all.flatMap(([name, { scan }]) => {
    const share = scan?.share ?? null;
    return share === null ? [] : [`${name} ${Math.round(100 * share)} %`];
  });
  const unknown = all.flatMap(([name, { scan }]) => (scan?.share === null ? [name] : []));
  const notes: string[] = [];
  if (known.length > 0) {
    notes.push(
      `Part of the service time that is in proportion to the rows of the shard: ${known.join(', ')}.`,
    );
  }
  const scans = all.flatMap(([name, { scan }]) => ((scan?.share ?? 0) > 0.5 ? [name] : []));
  if (scans.length > 0) {
    notes.push(
      `In the model a query waits until a query of ${scans.join(', ')} that came before it has ` +
        'ended. A real machine works on both in turns, so p95 and p99 beside such queries are too high ' +
        'here.',
    );
  }
  if (unknown.length > 0) {
    notes.push(
      `It is not known whether the times of ${unknown.join(', ')} depend on the rows of the shard: they ` +
        'were measured with one number of rows only. A cell with another number of rows for which this ' +
        'makes a difference, is EXTRAPOLATED.',
    );
  }
  return notes;
}
