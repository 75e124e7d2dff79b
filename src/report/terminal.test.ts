import { describe, expect, it } from 'vitest';
import { cellsOnShards } from '../testing/cells-on-shards.ts';
import { failedCell, saturatedCell } from '../testing/damaged-cells.ts';
import { hostileResult } from '../testing/hostile-result.ts';
import { largeResult } from '../testing/large-result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { headline } from './headline.ts';
import { terminalTable } from './terminal.ts';
import { columnsOf } from './text.ts';

const plain = { width: 80, colour: false };

describe('terminalTable', () => {
  it('shows each strategy with its verdict, speed and balance', () => {
    const lines = terminalTable(sampleResult(), plain).split('\n');
    const heads = lines.indexOf(
      'strategy            verdict accepted/s offered/s p50 ms  p95  p99',
    );
    expect(lines[heads + 1]).toBe(
      'single              VALID          803       803   3.30 9.57 17.2',
    );
    expect(lines.find((line) => /^tenant_id\/mod .*%/.test(line))).toBe(
      'tenant_id/mod            2.28 2.06 2.61  2-6    15 %      1.45     1.35     1.58',
    );
  });

  it('has a row for each shard of each strategy', () => {
    const table = terminalTable(sampleResult(), plain);
    expect(table.match(/ %? [█▏▎▍▌▋▊▉·]{10}$/gm)).toHaveLength(1 + 6 * 4);
    // mod's shares in the sample are 0.21, 0.34, 0.25, 0.2, times a little jitter.
    const bars = table.split('\n').filter((line) => /^tenant_id\/mod +0 |^ +[123] /.test(line));
    expect(bars.slice(0, 4).map((line) => line.slice(-17))).toEqual([
      '21.3 % ██████▎···',
      '33.9 % ██████████',
      '25.1 % ███████▍··',
      '19.7 % █████▉····',
    ]);
  });

  it.each([60, 80, 120])('fits %d columns whatever the names', (width) => {
    for (const result of [sampleResult(), hostileResult()]) {
      const lines = terminalTable(result, { width, colour: false }).split('\n');
      expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(width);
    }
  });

  it('writes no escape without colour, and only its own with it', () => {
    expect(terminalTable(hostileResult(), plain)).not.toContain('\u001b');
    const coloured = terminalTable(hostileResult(), { width: 80, colour: true });
    expect(coloured).toContain('\u001b[31mFAILED\u001b[39m');
    expect(coloured).not.toContain('\u001b[31mred');
  });

  it('says what failed: operation, code, shards, how often, when, and the message', () => {
    const result = sampleResult();
    const cells = result.cells.map((cell, index) => (index === 1 ? saturatedCell(cell) : cell));
    const text = terminalTable({ ...result, cells }, plain).replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'errors of tenant_id/mod: place_order, 57014 on shard 1, 32 times between 5.01 s ' +
        'and 15.0 s: canceling statement due to statement timeout',
    );
    expect(terminalTable(result, plain)).not.toContain('errors of');
  });

  it('gives the reasons of what is not valid, and — for what was not measured', () => {
    const result = sampleResult();
    const cells = result.cells.map((cell, index) => {
      if (index === 1) return saturatedCell(cell);
      return index === 2 ? failedCell(cell, 'no space left on device') : cell;
    });
    const table = terminalTable({ ...result, cells }, plain);
    expect(table).toContain('tenant_id/jump: FAILED: no space left on device');
    expect(table).toMatch(/tenant_id\/mod: SATURATED: Shard 1 had all connections busy/);
    expect(table).not.toMatch(/[.;] *;/);
    expect(table).toMatch(/^tenant_id\/jump +FAILED +— +— +— +— +—$/m);
  });

  it('shows the ends alone where there are more shards than anybody looks through', () => {
    const table = terminalTable(largeResult(40, 64), plain);
    expect(table).toContain('Of each strategy the table has the hottest and the coolest 2 shards');
    expect(table.split('\n').length).toBeLessThan(400);
    expect(Math.max(...table.split('\n').map(columnsOf))).toBeLessThanOrEqual(80);
  });

  it('answers which shard key first, then says whether to believe it', () => {
    const [answer, rest] = terminalTable(sampleResult(), plain)
      .split('\n\n')
      .map((part) => part.replaceAll(/\n */g, ' ').trim());
    expect(answer).toBe(headline(sampleResult())[0]);
    expect(rest).toBe(headline(sampleResult()).slice(1).join(' '));
  });

  it('leaves out columns without room, says which, and shows all in the widest view', () => {
    const narrow = terminalTable(sampleResult(), { width: 60, colour: false });
    expect(narrow.replaceAll(/\n */g, ' ')).toContain('columns had no room (--wide shows all): ');
    expect(narrow).not.toMatch(/band p95$/m);
    const wide = terminalTable(sampleResult(), { width: Number.POSITIVE_INFINITY, colour: false });
    expect(wide).not.toContain('had no room');
    expect(wide).toMatch(/^strategy +databases .* ideal floor band p95$/m);
  });

  it('calls the cells of one strategy on several shard counts by both', () => {
    const result = sampleResult();
    const wider = cellsOnShards(result.cells, 8);
    const both = { ...result, cells: [...result.cells, ...wider] };
    const table = terminalTable(both, { width: 120, colour: false });
    expect(table).toMatch(/^tenant_id\/mod on 4 shards +VALID/m);
    expect(table).toMatch(/^tenant_id\/mod on 8 shards +VALID/m);
    expect(table).toMatch(/^single +VALID/m);
  });

  it('says so when nothing was measured', () => {
    expect(terminalTable({ ...sampleResult(), cells: [] }, plain)).toBe(
      'Nothing was measured: the result has no cells.\n',
    );
  });
});
