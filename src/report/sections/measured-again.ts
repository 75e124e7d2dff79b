import type { Cell, RunResult } from '../../result/types.ts';
import { ratio, rate } from '../../wording/format.ts';
import type { Section, Value } from '../document.ts';
import { attemptOf, measuredAgain, measuredAgainSentence, whySpoilt } from '../measured-again.ts';
import { column, missingNote, numberOr, percentileValue, value, verdictValue } from '../values.ts';

const columns = [
  column('Strategy', { align: 'text' }),
  column('attempt'),
  column('Verdict', { align: 'text' }),
  column('accepted/s'),
  column('p50 ms'),
  column('p99 ms'),
  column('writes max/mean'),
  column('Why', { align: 'text' }),
];

/** Cells that the machine spoilt, their attempts beside each other; nothing where there is none. */
export function measuredAgainSections(result: RunResult): readonly Section[] {
  const again = measuredAgain(result);
  if (again.length === 0) return [];
  const rows = again.flatMap(({ name, attempts }) =>
    attempts.map((attempt, index): readonly Value[] => [
      { ...value(name), first: index === 0 },
      ...valuesOf(attempt),
      value(index < attempts.length - 1 ? whySpoilt(attempt) : 'the attempt that counts'),
    ]),
  );
  const text =
    `${measuredAgainSentence(result)} The attempts before are shown here and nowhere else; ` +
    'result.json has all of their numbers in spoilt[].';
  const caption = 'Attempts at cells that the machine spoilt';
  return [
    {
      id: 'measured-again',
      title: 'Measured again',
      blocks: [
        { kind: 'paragraph', text },
        { kind: 'table', caption, columns, rows, note: missingNote(rows) },
      ],
    },
  ];
}

function valuesOf(attempt: Cell): readonly Value[] {
  const response = attempt.overall?.responseMs;
  return [
    value(String(attemptOf(attempt))),
    verdictValue(attempt),
    numberOr(attempt.load?.acceptedQps, rate, 'not measured'),
    percentileValue(response, 'p50'),
    percentileValue(response, 'p99'),
    numberOr(attempt.imbalance?.writeQps.maxOverMean, ratio, 'not measured'),
  ];
}
