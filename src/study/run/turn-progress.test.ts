import { expect, test } from 'vitest';
import { cellSpecs } from '../cells/cell-specs.ts';
import { loadedTiny } from '../cells/fake-cell-runner-fixture.ts';
import { estimate } from './run-estimate.ts';
import { TurnProgress } from './turn-progress.ts';

test('cells that are measured again have time left too, until their last turn', () => {
  const scenario = { ...loadedTiny().scenario, repeat: 3 };
  const specs = cellSpecs(scenario);
  const [spec] = specs;
  if (spec === undefined) throw new Error('no cell');
  const said: { text: string; fraction: number; leftMs: number }[] = [];
  const notes: string[] = [];
  const time = estimate(scenario, specs);
  const turns = new TurnProgress(scenario, specs, time, {
    stage: (text, fraction, leftMs) => said.push({ text, fraction, leftMs }),
    note: (text) => notes.push(text),
  });
  const last = 3 * specs.length - 1;
  turns.entered({ spec, index: 0, attempt: 1, turn: 0 }, 'load');
  turns.entered({ spec, index: 0, attempt: 1, turn: last }, 'measure');
  turns.again([
    { spec, startedAt: new Date(0), outcome: { status: 'failed', error: '' }, attempt: 1 },
  ]);
  for (const turn of [1, 2, 3]) {
    turns.entered({ spec, index: 0, attempt: 2, turn: last + turn }, 'measure');
  }
  expect(notes).toEqual([expect.stringMatching(/^measured again, .*\(failed\)$/)]);
  expect(said.slice(2).map(({ text }) => text)).toEqual(
    [1, 2, 3].map((turn) => expect.stringMatching(`\\(again, ${turn} of 3\\): measure$`)),
  );
  const windowMs = scenario.durationMs / 3;
  const left = said.map(({ leftMs }) => leftMs);
  expect(left[0]).toBe(time.totalMs - time.turnStartMs(0));
  expect(left[2]).toBeGreaterThan(3 * windowMs);
  expect(left[4]).toBeGreaterThanOrEqual(windowMs);
  expect(left[4]).toBeLessThan(left[3] ?? 0);
  const fractions = said.slice(2).map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.every((fraction) => fraction > 0 && fraction < 1)).toBe(true);
});
