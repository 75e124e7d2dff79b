import type { Alarm, Cell, RunResult } from '../../result/types.ts';
import type { Block, Section, Tone, Value } from '../document.ts';
import { alarmSentences } from '../alarm-sentences.ts';
import { duration, significant } from '../../wording/format.ts';
import { name, sentence } from '../text.ts';
import { column, missing, missingNote, numberOr, strategyValue, value } from '../values.ts';

const columns = [
  column('Strategy', { align: 'text' }),
  column('Rule', { align: 'text' }),
  column('State', { align: 'text' }),
  column('Shard'),
  column('value', { meaning: 'What was kept for as long as the rule must hold' }),
  column('limit'),
  column('held', { meaning: 'Longest time in a row above the limit' }),
  column('whole window', { meaning: 'The same over the whole window' }),
  column('Note', { align: 'text' }),
];

/** Alarms that fired stand open; what stayed quiet or had no data is folded. */
export function alarmsSection(result: RunResult): Section {
  const all = result.cells.flatMap((cell) => cell.alarms.map((alarm) => ({ cell, alarm })));
  const fired = all.filter(({ alarm }) => alarm.state === 'fired');
  const others = all.filter(({ alarm }) => alarm.state !== 'fired');
  const quiet = others.filter(({ alarm }) => alarm.state === 'quiet').length;
  const blocks: Block[] = [
    fired.length === 0
      ? { kind: 'paragraph', text: 'No alarm fired.' }
      : { kind: 'list', items: result.cells.flatMap(alarmSentences) },
    ...(fired.length === 0 ? [] : [tableOf('Alarms that fired', fired)]),
  ];
  if (others.length > 0) {
    blocks.push({
      kind: 'details',
      summary: `${quiet} did not fire, ${others.length - quiet} could not be checked`,
      blocks: [tableOf('Alarms that did not fire', others)],
    });
  }
  return { id: 'alarms', title: 'Alarms', blocks };
}

interface Entry {
  readonly cell: Cell;
  readonly alarm: Alarm;
}

function tableOf(caption: string, entries: readonly Entry[]): Block {
  const rows = entries.map(({ cell, alarm }, index) => {
    const first = entries[index - 1]?.cell !== cell;
    return rowOf({ ...strategyValue(cell), first }, alarm);
  });
  return { kind: 'table', caption, columns, rows, note: missingNote(rows) };
}

const tones: Readonly<Record<Alarm['state'], Tone>> = {
  fired: 'bad',
  quiet: 'good',
  'not evaluated': 'plain',
};

const notBySecond = 'not judged by the second';

function rowOf(strategy: Value, alarm: Alarm): readonly Value[] {
  return [
    strategy,
    value(name(alarm.rule) + (alarm.published === true ? ' (published)' : '')),
    { ...value(alarm.state), tone: tones[alarm.state] },
    alarm.shard === null ? missing('the rule is about all shards') : value(String(alarm.shard)),
    numberOr(alarm.value, significant, 'not evaluated'),
    value(significant(alarm.limit)),
    numberOr(alarm.heldMs, duration, notBySecond),
    numberOr(alarm.overWindow, significant, notBySecond),
    value(sentence(alarm.note.text)),
  ];
}
