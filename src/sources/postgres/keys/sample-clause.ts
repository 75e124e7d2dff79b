import type { TableEvidence } from '../../../profile/evidence.ts';
import { fromTable } from './key-table.ts';

/** A part of a table's rows, as SQL after FROM. */
export interface SampleClause {
  /** Of the table under the name t. */
  readonly from: string;
  /** A condition that thins it out further; empty without one. */
  readonly where: string;
  /** Whether rows of one page are drawn together more often than others. */
  readonly byPages: boolean;
  /** Share of the table's rows that is expected in it, 1 for all. */
  readonly share: number;
}

const pageBytes = 8192;
/** How a server can be sampled. */
export interface SamplingWays {
  /** SQL of an integer that is spread evenly over the rows of t. */
  readonly rowHash: string;
  /** Tables up to so many pages are read from end to end. */
  readonly pagesToRead: number;
}

/** 512 MB. */
export const pagesToRead = 65_536;
/** Of a table of which nothing is known but its pages. */
const rowsOfPage = 50;

/**
 * About `rows` rows. A small table is read as a whole, each row drawn for itself (BERNOULLI). Of a
 * large one as many pages are drawn as rows are wanted (SYSTEM), and about one row is kept of each,
 * for rows of one page are alike where they were inserted together. The seed is fixed: asked again,
 * an unchanged table gives the same sample.
 */
export function sampleClause(table: TableEvidence, rows: number, ways: SamplingWays): SampleClause {
  const from = `${fromTable(table)} t`;
  const pages = pagesOf(table);
  const share = Math.min(1, rows / rowsIn(table));
  if (share >= 1) return { from, where: '', byPages: false, share: 1 };
  if (pages <= ways.pagesToRead) {
    return { from: sampled(from, 'bernoulli', share), where: '', byPages: false, share };
  }
  const drawnPages = Math.min(1, rows / pages);
  const kept = Math.round((share / drawnPages) * thinSteps);
  return {
    from: sampled(from, 'system', drawnPages),
    where: kept >= thinSteps ? '' : `${ways.rowHash} & ${thinSteps - 1} < ${Math.max(1, kept)}`,
    byPages: true,
    share,
  };
}

/** Whole pages with about `rows` rows: cheap, but neighbours are alike. */
export const pagesWith = (table: TableEvidence, rows: number): SampleClause =>
  pageSample(table, rows / rowsIn(table));

/** A share of the pages: neighbours stay together, as a transaction wrote them. */
export function pageSample(table: TableEvidence, share: number): SampleClause {
  const from = `${fromTable(table)} t`;
  if (share >= 1) return { from, where: '', byPages: false, share: 1 };
  return { from: sampled(from, 'system', share), where: '', byPages: true, share };
}

const pagesOf = ({ bytes }: TableEvidence): number =>
  Math.max(1, Math.ceil(bytes.heap / pageBytes));

const rowsIn = (table: TableEvidence): number =>
  Math.max(1, table.rows.basis === 'none' ? pagesOf(table) * rowsOfPage : table.rows.count);

const thinSteps = 4096;
const seed = 16;

const sampled = (from: string, method: 'bernoulli' | 'system', share: number): string =>
  `${from} tablesample ${method} (${(100 * share).toPrecision(6)}) repeatable (${seed})`;
