import { fileURLToPath } from 'node:url';
import { benchMovement, fullMovement, movementRow } from './movement.bench.ts';
import { benchSimulator, fullSimulator, type SimulatorRow } from './simulator.bench.ts';

/** What `npm run bench:growth` measures, each row beside what it should reach. */
export function growthTable(rows: readonly SimulatorRow[]): string {
  const lines = [
    ['what', 'reach', 'found', ''],
    ...rows.map(({ what, reach, found, reached }) => [what, reach, found, reached ? '' : 'MISSED']),
  ];
  const widths = [0, 1, 2].map((i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  const movement = await benchMovement(fullMovement, say);
  const rows = [...(await benchSimulator(fullSimulator, say)), ...movement.map(movementRow)];
  process.stdout.write(`${growthTable(rows)}\n`);
  if (rows.some(({ reached }) => !reached)) process.exitCode = 4;
}
