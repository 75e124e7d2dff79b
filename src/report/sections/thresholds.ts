import type { ThresholdResult } from '../../result/threshold-result.ts';
import type { RunResult } from '../../result/types.ts';
import type { Block, Section, Value } from '../document.ts';
import { visible, sentence } from '../text.ts';
import {
  thresholdCell,
  thresholdCells,
  thresholdSummary,
  thresholdValueText,
} from '../threshold-lines.ts';
import { column, missing, missingNote, value } from '../values.ts';

const columns = [
  column('Limit', { align: 'text' }),
  column('Strategy', { align: 'text' }),
  column('Outcome', { align: 'text' }),
  column('value'),
  column('Note', { align: 'text' }),
];

/** Limits of the run, those that are broken first; nothing where none is set. */
export function thresholdsSections({ thresholds = [] }: RunResult): readonly Section[] {
  if (thresholds.length === 0) return [];
  const cells = thresholdCells(thresholds);
  const inOrder = thresholds.toSorted((a, b) => Number(a.ok) - Number(b.ok));
  const rows = inOrder.map((each): readonly Value[] => [
    { ...value(visible(each.expression)), first: true },
    value(thresholdCell(each, cells)),
    { ...value(each.ok ? 'kept' : 'BROKEN'), tone: each.ok ? 'good' : 'bad' },
    valueOf(each),
    value(sentence(each.note.text)),
  ]);
  const blocks: Block[] = [
    { kind: 'paragraph', text: thresholdSummary(thresholds) },
    { kind: 'table', caption: 'Limits of the run', columns, rows, note: missingNote(rows) },
  ];
  return [{ id: 'limits', title: 'Limits', blocks }];
}

const valueOf = (each: ThresholdResult): Value =>
  each.value === null ? missing('not known') : value(thresholdValueText(each));
