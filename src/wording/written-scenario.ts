import { counted, integer, short } from './format.ts';

/** Comments of the scenario that `profile` writes: where each number is from. */

type Basis = 'exact' | 'estimated' | 'sampled' | 'even' | 'none' | null;

export interface RowsSaid {
  /** With its schema, where it has another name there; null: the same. */
  readonly stored: string | null;
  readonly rows: number;
  readonly rowsBasis: 'exact' | 'estimated' | 'none';
  /** In the scenario. */
  readonly written: number;
  readonly spreadBasis: Basis;
  readonly partitions: number | null;
  readonly isForeign: boolean;
  readonly isOfTenants: boolean;
}

const rowsBases = {
  exact: 'counted',
  estimated: 'estimated by the planner',
  none: 'assumed: nothing says how many there are',
} as const;

/** Of a table. */
export function rowsComment(said: RowsSaid): string[] {
  const { stored, rows, rowsBasis, written, spreadBasis, partitions, isForeign } = said;
  const name = stored === null ? '' : `${stored}: `;
  const parts = partitions === null ? '' : ` in ${counted(partitions, 'partition')}`;
  const scaled = written === Math.round(rows) ? '' : `, of which ${integer(written)} are here`;
  const foreign = isForeign ? ' A foreign table.' : '';
  return [
    `${name}${counted(rows, 'row')}${parts} (${rowsBases[rowsBasis]})${scaled}.` +
      `${spread(spreadBasis)}${foreign}`,
  ];
}

function spread(basis: Basis): string {
  if (basis === 'exact') return ' How they are shared out was counted.';
  if (basis === 'sampled') return ' How they are shared out is from a sample.';
  if (basis === 'estimated') return ' How they are shared out is estimated.';
  return basis === 'even' ? ' How they are shared out was not seen: evenly.' : '';
}

export interface TenantsSaid {
  /** The key whose values they are. */
  readonly key: string;
  readonly root: string | null;
  readonly basis: 'observed' | 'written' | 'rows' | 'none';
  readonly counted: number;
  readonly isSample: boolean;
  readonly seen: number;
  readonly tenants: number;
  readonly written: number;
  readonly largestShare: number;
  readonly effective: number;
  readonly hasBytes: boolean;
}

const loadBases = {
  observed: 'operations in the log',
  written: 'transactions that left the rows that are there',
  rows: 'rows',
} as const;

export function tenantsComment(said: TenantsSaid): string[] {
  const { key, root, basis, tenants, written, largestShare, effective } = said;
  const what = root === null ? `the values of ${key}` : `the rows of ${root}`;
  const fewer =
    written === tenants
      ? ''
      : ` ${integer(written)} of them are here: the largest with their own shares, the others ` +
        'with more.';
  const first = `A tenant is what ${key} says: ${what}, ${integer(tenants)} in all.${fewer}`;
  if (basis === 'none') return [first, 'How the load is shared out was not seen: evenly.'];
  const from = `${integer(said.counted)} ${loadBases[basis]}`;
  const luck = said.isSample
    ? '; the part of the differences that luck makes in so few is taken out'
    : '';
  return [
    first,
    `Shares of the load are those of ${from}${luck}. The largest has ` +
      `${percentText(largestShare)}, and together ` +
      `they are as uneven as ${short(effective)} equal ones.`,
    ...(said.hasBytes ? ['Shares of the bytes are those of rows.'] : []),
  ];
}

const percentText = (share: number): string => `${short(share * 100)} %`;

export interface HeaderSaid {
  readonly startedAt: string;
  readonly sources: readonly string[];
  readonly scale: number;
  readonly rows: number;
  readonly rowsSeen: number;
  readonly coveredShare: number | null;
  readonly hasNulls: boolean;
}

export function headerComment(said: HeaderSaid): string[] {
  const { startedAt, sources, scale, rows, rowsSeen, coveredShare, hasNulls } = said;
  const date = startedAt.slice(0, 10);
  return [
    `Written by \`shardlab profile\` on ${date}, from what was seen of: ${sources.join(', ')}.`,
    'Numbers in columns are from the statistics of the database (or of the files) unless a ' +
      'comment says otherwise; bounds of numbers are rounded, and values are names that stand ' +
      'for the real ones.',
    scale === 1
      ? `All ${integer(rows)} rows are here (scale 1).`
      : `${integer(rows)} of ${integer(rowsSeen)} rows are here: scale ${String(scale)}; ` +
        'small tables are whole. `growth.now` has the real size.',
    ...(coveredShare === null
      ? []
      : [
          `Operations stand for ${percentText(coveredShare)} of the calls that were seen; rare ` +
            'ones are left out.',
        ]),
    ...(hasNulls ? ['`null: 0.0001` stands where NULL is allowed but was hardly seen.'] : []),
  ];
}

export interface RateSaid {
  /** Operations a second that were seen; null: not known. */
  readonly seen: number | null;
  readonly calls: number | null;
  readonly written: number;
}

export function rateComment({ seen, calls, written }: RateSaid): string[] {
  if (seen === null) return ['How many operations a second there are was not seen: an assumption.'];
  // Each statement is an operation where no source shows transactions.
  const isSame = calls === null || short(calls) === short(seen);
  const from = isSame ? '' : ` (${short(calls)} statements)`;
  return [`${short(seen)} operations a second were seen${from}.${askedFor(seen, written)}`];
}

function askedFor(seen: number, written: number): string {
  if (written < seen * 0.9) {
    return ` ${short(written)} a second are what a machine of this size can be asked for.`;
  }
  if (written <= seen * 1.1) return '';
  return ` A run asks for ${short(written)}, for of fewer it would measure little.`;
}

export interface GrowthSaid {
  readonly load: number | null;
  readonly bytes: number | null;
}

export function growthComment({ load, bytes }: GrowthSaid): string[] {
  const seen = [
    ...(load === null ? [] : ['the load that was seen']),
    ...(bytes === null ? [] : ['the bytes of all tables with their indexes']),
  ];
  return [
    ...(seen.length === 0 ? [] : [`\`now\`: ${seen.join(', and ')}.`]),
    ...(load === null
      ? []
      : [
          `The database takes at least ${short(load)} operations a second, for it did; what it ` +
            'can take at most is not known, so there is no `capacity` here.',
        ]),
  ];
}

export const keysComment = [
  'What could be the shard key, the most promising first: each is a column (or several) of each ' +
    'table that has it.',
];

export const strategiesComment = [
  'A table without a column of the key is by default whole on every shard where it is small and ' +
    'rarely written.',
];

export const pinComment = (share: number): string =>
  `One tenant has ${percentText(share)} of the load, which is a shard's part: on the shard with ` +
  'most room.';

export const defaultOperationsComment = [
  'No statements were seen: these are examples, with weights that are an assumption.',
];
