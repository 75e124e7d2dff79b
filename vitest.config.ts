import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// A start of the program costs half as much where Node has compiled its modules before; the tests
// start it a thousand times. The fixtures pass it on.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

// Files of minutes, the longest first: begun last, one of them would keep one core waiting for it.
const longest = [
  'gate-tree.cli',
  'interrupt.cli',
  'readme.cli',
  'pages.cli',
  'route-compare.cli',
  'html.browser.cli',
  'quickstart.cli',
  'scenarios.cli',
  'gate-base.cli',
].map((name) => `/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kindOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const index = longest.findIndex((name) => moduleId.endsWith(name));
      return index < 0 ? longest.length : index;
    };
    return Promise.resolve(
      files.toSorted((a, b) => kindOf(a) - kindOf(b) || rankOf(a) - rankOf(b)),
    );
  }
}

// Kinds of test by what they need: unit = nothing, long = nothing but seconds of computing, postgres =
// the embedded binaries, docker = an engine that answers, cli = the whole program as its user runs it,
// alone = the same, and the machine for itself, because times that are measured are looked at.
const kinds = [
  { name: 'long', infix: 'long', atOnce: availableParallelism() },
  { name: 'postgres', infix: 'pg', atOnce: 2 },
  { name: 'docker', infix: 'docker' },
  // They mostly wait for shards to start and for windows to pass: one takes two thirds of a core.
  { name: 'cli', infix: 'cli', atOnce: 3 },
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
    sequence: { sequencer: LongestFirst },
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
