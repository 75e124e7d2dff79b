import { type Fact, fact } from '../../result/finding.ts';
import { numbered } from '../../result/numbered.ts';
import type { Cell } from '../../result/types.ts';
import type { Simulation } from '../../scenario/simulation-types.ts';
import type { Calibration } from '../../simulate/calibration.ts';

const place = '/scenario/simulation';

/** On what a simulation was calibrated, how well it agrees, and what it does not know. */
export function calibrationNotes(
  { simulation, compared, distance }: Calibration,
  cell: Cell,
  path: string,
): Fact[] {
  const { servers, cores, quota } = simulation;
  const shown = compared.filter(({ ofCell }) => ofCell);
  const measuredMs = shown.map((pair) => pair.measuredMs);
  const simulatedMs = shown.map((pair) => pair.simulatedMs);
  return [
    fact('calibrated-on', {
      numbers: { servers, cores, meanDifferenceFraction: distance },
      names: { strategy: cell.strategy, path, limit: quota ? 'quota' : null },
      place,
    }),
    fact('calibrated-percentiles', {
      numbers: { ...numbered('measuredMs', measuredMs), ...numbered('simulatedMs', simulatedMs) },
      names: { of: shown.map(({ what }) => what) },
      place,
    }),
    ...kindNotes(simulation),
    ...stallNotes(simulation),
  ];
}

/** What the shards were slow by at the same time. */
function stallNotes({ stalls }: Simulation): Fact[] {
  if (stalls === null) return [];
  return [
    fact('calibrated-stalls', { numbers: { sigma: stalls.sigma }, place: `${place}/stalls` }),
  ];
}

/** A query that works through more than this part of its time on rows is a scan. */
const scanShare = 0.5;

/** Which times follow the rows of a shard, as far as that is known. */
function kindNotes({ operations }: Simulation): Fact[] {
  const all = Object.entries(operations).map(([name, { scan }]) => ({ name, share: scan?.share }));
  const known = all.flatMap(({ name, share }) =>
    typeof share === 'number' ? [{ name, share }] : [],
  );
  const namesOf = (some: readonly { readonly name: string }[]) => some.map(({ name }) => name);
  const scans = known.filter(({ share }) => share > scanShare);
  const unknown = all.filter(({ share }) => share === null);
  const notes: Fact[] = [];
  if (known.length > 0) {
    const shares = known.map(({ share }) => share);
    notes.push(
      fact('calibrated-row-shares', {
        numbers: numbered('rowsFraction', shares),
        names: { operations: namesOf(known) },
        place,
      }),
    );
  }
  if (scans.length > 0) {
    notes.push(fact('scans-not-shared', { names: { operations: namesOf(scans) }, place }));
  }
  if (unknown.length > 0) {
    notes.push(fact('row-shares-unknown', { names: { operations: namesOf(unknown) }, place }));
  }
  return notes;
}
