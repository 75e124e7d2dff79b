import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { Alarm, Cell } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { alarmSentences } from './alarm-sentences.ts';
import { inline, markdownReport } from './markdown.ts';
import { terminalTable } from './terminal.ts';

const writes = 'max/mean write QPS > 2.0';
const wait = 'mean wait for a connection > 10 ms';

/** The hot shard of scenarios/hot-shard.yaml: its pool is full, its share of writes is below 2. */
function hotShard(change: (alarm: Alarm) => Alarm = (alarm) => alarm): Cell {
  const cell = present(sampleResult().cells[1], 'second cell');
  const alarms = cell.alarms.map((alarm): Alarm => {
    if (alarm.rule === writes) return change({ ...alarm, shard: 3, value: 1.82 });
    if (alarm.rule !== wait) return change(alarm);
    return change({ ...alarm, shard: 3, value: 83.2, state: 'fired', heldMs: 8000 });
  });
  return { ...cell, alarms };
}

test('names the shard, the rules that saw it and the published rules that did not', () => {
  expect(alarmSentences(hotShard())).toEqual([
    `tenant_id/mod, shard 3: this rule fired: "${wait}" (83.2 for 8 s). No published ` +
      `rule sees it. These published rules did not fire: "${writes}" (1.82) and "max p99 > ` +
      '3 x mean p99" (1.23). This published rule could not be checked: "disk use max - min ' +
      '> 25 points".',
  ]);
});

test('a published rule that fired is named as one', () => {
  const cell = hotShard((alarm) =>
    alarm.rule === writes ? { ...alarm, state: 'fired', value: 2.4 } : alarm,
  );
  expect(alarmSentences(cell)[0]).toContain(`Of them "${writes}" is a published rule.`);
});

test('a value without a number is said to be above every limit', () => {
  const cell = hotShard((alarm) => (alarm.rule === wait ? { ...alarm, value: null } : alarm));
  expect(alarmSentences(cell)[0]).toContain(`"${wait}" (above every limit for 8 s)`);
});

test('quiet cells have no sentence; documents without "published" get none about it', () => {
  expect(sampleResult().cells.flatMap(alarmSentences)).toEqual([]);
  const old = hotShard(({ rule, shard, value, limit, state, note }) => {
    return { rule, shard, value, limit, state, note };
  });
  expect(alarmSentences(old)).toEqual([
    `tenant_id/mod, shard 3: this rule fired: "${wait}" (83.2).`,
  ]);
});

test('terminal and report say it', () => {
  const result = { ...sampleResult(), cells: [hotShard()] };
  const [sentence = ''] = alarmSentences(hotShard());
  const terminal = terminalTable(result, { width: 80, colour: false });
  expect(terminal.replaceAll(/\s+/g, ' ')).toContain(sentence);
  expect(markdownReport(result)).toContain(inline(sentence));
});
