import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '../base/assert.ts';
import { failedCell } from '../testing/damaged-cells.ts';
import { hostileResult, hostileTexts } from '../testing/hostile-result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import type { RunResult } from '../result/types.ts';
import { htmlReport } from './html.ts';
import { name } from './text.ts';

const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
  .map((program) => `/usr/bin/${program}`)
  .find((path) => existsSync(path));

function withFailures(): RunResult {
  const result = sampleResult();
  const cells = result.cells.map((cell, index) =>
    index % 2 === 0 ? failedCell(cell, 'no disk') : cell,
  );
  return { ...result, cells };
}

const results: readonly [string, () => RunResult][] = [
  ['sample', sampleResult],
  ['hostile', hostileResult],
  ['failed', withFailures],
  ['empty', () => ({ ...sampleResult(), cells: [] })],
];

describe.skipIf(executablePath === undefined)('the page (needs Chromium in /usr/bin)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shardlab-report-'));
  let browser: Browser;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: present(executablePath, 'Chromium'),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    for (const [file, result] of results) {
      writeFileSync(join(folder, `${file}.html`), await htmlReport(result()));
    }
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(file: string, width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const url = pathToFileURL(join(folder, `${file}.html`)).href;
    complaints.length = 0;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    return page;
  }

  describe.each(results)('%s', (file) => {
    it.each([390, 1000, 1600])('fits %d px, without console error or request', async (width) => {
      const page = await open(file, width);
      for (const details of await page.locator('summary').all()) await details.click();
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBe(width);
      expect(complaints).toEqual([]);
      await page.close();
    });
  });

  it('draws something in every chart', async () => {
    const page = await open('sample', 1000);
    const shapes = page.locator('figure svg');
    expect(await shapes.count()).toBe(1 + 6 + 7);
    for (const svg of await shapes.all()) {
      expect(await svg.getAttribute('aria-label')).toMatch(/\d/);
      const marks = svg.locator('.role-mark path, .role-mark rect, .role-mark line');
      const sizes = await Promise.all((await marks.all()).map((mark) => mark.boundingBox()));
      const visible = sizes.filter((box) => box !== null && box.width + box.height > 2);
      expect(visible.length).toBeGreaterThanOrEqual(1);
    }
    await page.close();
  });

  it('keeps the labels of a chart within it', async () => {
    const page = await open('hostile', 1600);
    for (const svg of await page.locator('figure svg').all()) {
      const frame = present(await svg.boundingBox(), 'frame of the chart');
      for (const text of await svg.locator('text').all()) {
        const box = await text.boundingBox();
        if (box === null || box.width === 0) continue;
        expect(box.x).toBeGreaterThanOrEqual(frame.x - 2);
        expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width + 2);
      }
    }
    await page.close();
  });

  it('shows hostile texts as text', async () => {
    const page = await open('hostile', 1000);
    const shown = await page.locator('body').innerText();
    for (const text of hostileTexts.slice(0, 4)) expect(shown).toContain(name(text));
    expect(await page.title()).toBe(`${hostileTexts[0]} · shardlab`);
    expect(await page.locator('script, img').count()).toBe(0);
    expect(await page.locator('section').count()).toBe(7);
    await page.close();
  });
});
