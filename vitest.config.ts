import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Kinds of test by what they need: unit = nothing, long = nothing but seconds of computing, postgres =
// the embedded binaries, docker = an engine that answers, cli = the whole program as its user runs it,
// alone = the same, and the machine for itself, because what is measured is looked at.
const kinds = [
  { name: 'long', infix: 'long', atOnce: availableParallelism() },
  { name: 'postgres', infix: 'pg' },
  { name: 'docker', infix: 'docker' },
  // They mostly wait for windows to pass, and two cores can wait for two.
  { name: 'cli', infix: 'cli', atOnce: 2 },
  { name: 'alone', infix: 'alone' },
];

const patternOf = (infix: string): string => `{src,tools}/**/*.${infix}.test.ts`;

const special = kinds.map(({ name, infix, atOnce = 1 }, index) => ({
  extends: true as const,
  test: {
    name,
    include: [patternOf(infix)],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: atOnce,
    // One kind after the other: two cores are few for databases and measurements at once.
    sequence: { groupOrder: index + 1 },
  },
}));

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,tools}/**/*.test.ts'],
          exclude: kinds.map(({ infix }) => patternOf(infix)),
          testTimeout: 30_000,
          // Nothing that is tested keeps state, and loading it anew for each file takes as long again.
          isolate: false,
          // Left to itself vitest leaves one core free, which on two cores is half of them.
          maxWorkers: availableParallelism(),
        },
      },
      ...special,
    ],
  },
});
