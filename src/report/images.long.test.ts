import { describe, expect, it } from 'vitest';
import { hostileResult } from '../testing/hostile-result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { textWidth } from './charts/font-widths.ts';
import { reportImages } from './images.ts';

describe('reportImages', () => {
  it('has one image for each chart that draws something, with its finding', async () => {
    const images = await reportImages(sampleResult());
    expect(images.map(({ name }) => name)).toContain('write-qps-2-tenant-id-jump');
    expect(new Set(images.map(({ name }) => name)).size).toBe(1 + 7 + 6 + 7 + 1 + 7);
    const balance = images.find(({ name }) => name === 'write-balance');
    expect(balance?.svg).toMatch(/<text[^>]*><tspan>With an unlucky salt/);
  });

  it('needs no page around it: no variable, no script, no reference', async () => {
    for (const { name, svg } of await reportImages(hostileResult())) {
      expect(name).toMatch(/^[A-Za-z0-9-]+$/);
      expect(svg.replaceAll(/>[^<]*</g, '><')).not.toMatch(
        /var\(|<script|<img|href=|undefined|NaN/,
      );
    }
  });

  it('keeps its lines within the picture', async () => {
    for (const { svg } of await reportImages(hostileResult())) {
      const width = Number(/width="(\d+)"/.exec(svg)?.[1]);
      for (const [, size, inner = ''] of svg.matchAll(
        /<text[^>]*size="(\d+)px"[^>]*>(.*?)<\/text/g,
      )) {
        for (const line of inner.split(/<[^>]*>/)) {
          expect(textWidth(line.replaceAll(/&\w+;/g, '&'), Number(size))).toBeLessThan(width);
        }
      }
    }
  });
});
