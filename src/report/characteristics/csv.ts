import type {
  CandidateCharacteristics,
  CharacteristicsDocument,
} from '../../result/characteristics-document.ts';
import { csvText, type CsvColumn } from '../csv.ts';
import { placeOf } from './rows.ts';

const columns: readonly CsvColumn<CandidateCharacteristics>[] = [
  ['key', ({ key }) => key],
  ['tables', ({ tables }) => tables.map(placeOf).join(' ')],
  ['rows', ({ rows }) => rows],
  ['distinct', ({ distinct }) => distinct],
  ['largestShare', ({ largestShare }) => largestShare],
  ['effective', ({ effective }) => effective],
  ['usefulShards', ({ usefulShards }) => usefulShards],
  ['nullFraction', ({ nullFraction }) => nullFraction],
  ['loadBasis', ({ load }) => load.basis],
  ['loadLargestShare', ({ load }) => load.largestShare],
  ['single', ({ bindShare }) => bindShare?.single ?? null],
  ['multi', ({ bindShare }) => bindShare?.multi ?? null],
  ['scatter', ({ bindShare }) => bindShare?.scatter ?? null],
  ['reference', ({ bindShare }) => bindShare?.reference ?? null],
  ['notRunnable', ({ bindShare }) => bindShare?.notRunnable ?? null],
  ['keyUpdates', ({ keyUpdates }) => keyUpdates],
  ['lostConstraints', ({ lostConstraints }) => lostConstraints.length],
  ['basis', ({ basis }) => basis],
];

/** One row for each candidate. */
export const characteristicsCsv = ({ candidates }: CharacteristicsDocument): string =>
  csvText(columns, candidates);
