import { defineConfig } from 'vitest/config';

// Kinds of test by what they need: unit = nothing, postgres = the embedded binaries, docker = an
// engine that answers, cli = the whole program as its user runs it.
const kinds = { postgres: 'pg', docker: 'docker', cli: 'cli' };

const special = Object.entries(kinds).map(([name, infix], index) => ({
  extends: true as const,
  test: {
    name,
    include: [`src/**/*.${infix}.test.ts`],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
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
          include: ['src/**/*.test.ts'],
          exclude: Object.values(kinds).map((infix) => `src/**/*.${infix}.test.ts`),
          testTimeout: 30_000,
        },
      },
      ...special,
    ],
  },
});
