import { describe, expect, it } from 'vitest';
import { sampleResult } from '../../testing/sample-result.ts';
import { sampleTables } from '../../testing/sample-tables.ts';
import { csvReport } from '../csv.ts';
import { markdownReport } from '../markdown.ts';
import { terminalTable } from '../terminal.ts';

const terminal = (width: number): string => terminalTable(sampleTables(), { width, colour: false });

const markdown = markdownReport(sampleTables());

describe('reports of a run on several tables', () => {
  it('show what each shard key makes of each operation', () => {
    const lines = terminal(80).split('\n');
    const head = lines.indexOf('operations         of load tenant_id           order_id');
    expect(lines.slice(head + 1, head + 8)).toEqual([
      'place_order         45.0 % single, 5.4 % cross single',
      'change_status       15.0 % single              single',
      'recent_orders       25.0 % single              not runnable',
      'order_by_id         13.0 % multi *             single',
      'summary              2.0 % scatter             scatter',
      'all: across shards         2.4 %               0 %',
      'all: not runnable          0 %                 25.0 %',
    ]);
    expect(markdown).toContain('| recent_orders | read | 25.0 % | single | not runnable |');
  });

  it('say why an operation does not run, and where in its SQL', () => {
    const why =
      'With order_id: Operation recent_orders joins users and orders, whose rows do not lie on ' +
      'the same shard (line 2: "join orders on orders.user_id = users.id").';
    expect(terminal(80).replaceAll(/\n */g, ' ')).toContain(why);
    expect(markdown).toContain(why);
  });

  it('show where each table lies, and how many rows each shard has', () => {
    expect(markdown).toMatch(
      /\| tenant_id\/mod \| users \| by tenant_id \| 12,039 \| 1\.93 MB \| 1\.35 \| 2,565 \| /,
    );
    expect(markdown).toMatch(/\| products \| on every shard \| 1,000 \| 640 kB \| — \| 1,000 /);
    expect(terminal(80)).toMatch(/^ +settings on shard 0 +1 +160 B +— +1$/m);
  });

  it('say how much of the workload a cell serves', () => {
    expect(terminal(80)).toMatch(/^order_id\/jump +VALID +75\.0 % /m);
    expect(markdown).toContain('This cell serves 75.0 % of the workload: 1 of 5 operations');
  });

  it('put each shard key below the others where there is no room beside them', () => {
    const narrow = terminal(50).split('\n');
    expect(narrow.filter((line) => line.startsWith('operations '))).toHaveLength(2);
  });

  it('give spreadsheets the fates, and rows and bytes of each table on each shard', () => {
    const [heads = '', ...rows] = csvReport(sampleTables())
      .split('\r\n')
      .map((line) => line.split(','));
    const last = rows.findLast(([strategy]) => strategy === 'order_id/jump') ?? [];
    const at = (head: string): string | undefined => last[heads.indexOf(head)];
    expect(at('fate.recent_orders')).toBe('notRunnable');
    expect(Number(at('notRunnableFraction'))).toBeCloseTo(0.25, 3);
    expect(Number(at('rows.orders'))).toBeGreaterThan(25_000);
    expect(at('rows.products')).toBe('1000');
  });

  it('have nothing of tables where there is one', () => {
    const one = terminalTable(sampleResult(), { width: 80, colour: false });
    expect(one).not.toMatch(/^(operations|tables of) /m);
    expect(csvReport(sampleResult())).not.toMatch(/fate\.|rows\.|notRunnable/);
    // The shard keys are compared all the same, among what asking several shards costs.
    expect(markdownReport(sampleResult())).toContain(
      '| recent_orders | read | 25.0 % | single | scatter |',
    );
  });
});
