import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernels, kernelText, targetOf } from './write-kernels.ts';

test.each(kernels)(
  '$target is what kernels/$source.as compiles to',
  async (kernel) => {
    expect(readFileSync(targetOf(kernel), 'utf8')).toBe(await kernelText(kernel));
  },
  60_000,
);
