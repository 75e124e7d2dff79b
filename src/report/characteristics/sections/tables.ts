import type { CharacteristicsDocument } from '../../../result/characteristics-document.ts';
import { bytes, counted, integer, rate } from '../../../wording/format.ts';
import type { Block, Section } from '../../document.ts';
import { name } from '../../text.ts';
import { column, missing, missingNote, numberOr, value } from '../../values.ts';

const shownMost = 100;

/** The tables, the largest first. */
export function tablesSection({ tables }: CharacteristicsDocument): Section {
  const blocks: Block[] =
    tables.length === 0
      ? [{ kind: 'paragraph', text: 'No tables were seen.' }]
      : [tablesTable(tables)];
  return { id: 'tables', title: 'Tables', blocks };
}

type Table = CharacteristicsDocument['tables'][number];

const sizeOf = ({ bytes: { heap, indexes, toast } }: Table): number => heap + indexes + toast;

function tablesTable(tables: readonly Table[]): Block {
  const largest = tables.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, shownMost);
  const unwatched = 'its counters could not be read';
  const rows = largest.map((table) => [
    { ...value(name(table.stored)), first: true },
    table.rows === null ? missing('never analysed') : value(integer(table.rows)),
    value(table.rowsBasis),
    value(bytes(table.bytes.heap)),
    value(bytes(table.bytes.indexes)),
    value(bytes(table.bytes.toast)),
    value(table.partitions === 0 ? '—' : integer(table.partitions)),
    numberOr(table.rates?.inserts, rate, unwatched),
    numberOr(table.rates?.updates, rate, unwatched),
    numberOr(table.rates?.deletes, rate, unwatched),
  ]);
  const more = tables.length - rows.length;
  const note = [
    missingNote(rows),
    more > 0 ? `${counted(more, 'smaller table')} stand in the document alone.` : null,
  ].filter((each) => each !== null);
  return {
    kind: 'table',
    caption: 'Tables, the largest first',
    columns: [
      column('Table', { align: 'text', named: true }),
      column('Rows'),
      column('Basis', { align: 'text' }),
      column('Heap', { group: 'Stored' }),
      column('Indexes', { group: 'Stored' }),
      column('TOAST', { group: 'Stored' }),
      column('Partitions'),
      column('Inserts/s', { group: 'Rows a second' }),
      column('Updates/s', { group: 'Rows a second' }),
      column('Deletes/s', { group: 'Rows a second' }),
    ],
    rows,
    note: note.length === 0 ? null : note.join(' '),
  };
}
