import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '../base/assert.ts';
import { formatRunResult, parseRunResult } from '../result/parse.ts';
import type { RunResult } from '../result/types.ts';
import { failedCell } from '../testing/damaged-cells.ts';
import { hostileGrowth } from '../testing/hostile-growth.ts';
import { hostileResult, hostileTexts } from '../testing/hostile-result.ts';
import { largeResult } from '../testing/large-result.ts';
import { hostileAdvice, sampleAdvice } from '../testing/sample-advice.ts';
import { sampleBench } from '../testing/sample-bench.ts';
import { sampleGrowth } from '../testing/sample-growth.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { adviceHtml } from './advice/advice-report.ts';
import { benchHtml } from './bench/bench-report.ts';
import { characteristicsFixture } from './characteristics/characteristics-fixture.ts';
import { characteristicsHtml } from './characteristics/characteristics-report.ts';
import { hostileCharacteristics } from './characteristics/hostile-characteristics-fixture.ts';
import { growthHtml } from './growth/growth-report.ts';
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

const root = join(import.meta.dirname, '../..');

/** Results of real runs that are committed, as far as there are any. */
const committed = globSync('results/baseline/**/*.json', { cwd: root })
  .toSorted()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  .filter(({ text }) => /"shardlab\/result\/v\d"/.test(text))
  .map(({ path, text }): [string, () => RunResult] => [
    path.replaceAll(/\W+/g, '-'),
    () => parseRunResult(text, path),
  ]);

const results: readonly [string, () => RunResult][] = [
  ['sample', sampleResult],
  ...committed,
  ['failed', withFailures],
  ['hostile', hostileResult],
  ['large', () => largeResult(13, 16)],
  ['empty', () => ({ ...sampleResult(), cells: [] })],
];

/** Every kind of page there is. */
const pages: readonly [string, () => Promise<string>][] = [
  ...results.map(([file, result]): [string, () => Promise<string>] => [
    file,
    () => htmlReport(result()),
  ]),
  ['growth', () => growthHtml(sampleGrowth())],
  ['growth-hostile', () => growthHtml(hostileGrowth())],
  ['bench', () => benchHtml(sampleBench())],
  ['advice', () => adviceHtml(sampleAdvice())],
  ['advice-stay', () => adviceHtml(sampleAdvice(200))],
  ['advice-hostile', () => adviceHtml(hostileAdvice())],
  ['characteristics', () => characteristicsHtml(characteristicsFixture())],
  ['characteristics-hostile', () => characteristicsHtml(hostileCharacteristics())],
];

interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  readonly media: 'screen' | 'print';
  /**
   * Whether axe looks at it too, which takes seconds: at the contrast of each scheme once, and at
   * the page's structure, which is the same in all views.
   */
  readonly axe?: true;
}

/** A4 less its margins of 12 mm is 703 px wide. */
const views: readonly View[] = [
  { width: 390, scheme: 'light', media: 'screen', axe: true },
  { width: 1000, scheme: 'dark', media: 'screen', axe: true },
  { width: 1600, scheme: 'light', media: 'screen' },
  { width: 703, scheme: 'dark', media: 'print' },
];

// These run within the page. Texts for the ears alone are no texts to be seen.
const cutTexts = `[...document.querySelectorAll('body *')]
  .filter((one) => !one.closest('svg, .aloud, caption, .repeats, pre'))
  .filter((one) => {
    const style = getComputedStyle(one);
    if (style.overflowX === 'hidden') {
      return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
    }
    const box = one.closest('td, th, li, p, dd, dt, figcaption, h1, h2, h3');
    if (box === null) return false;
    const room = box.getBoundingClientRect();
    return [...one.childNodes].some((node) => {
      if (node.nodeType !== Node.TEXT_NODE || node.data.trim() === '') return false;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right, bottom, width } = range.getBoundingClientRect();
      const isCut = left < room.left - 1 || right > room.right + 1 || bottom > room.bottom + 2;
      return width > 0 && isCut;
    });
  })
  .map((one) => one.tagName + ' ' + one.className + ': ' + one.textContent.slice(0, 80))`;

const overlappingLabels = `[...document.querySelectorAll('figure svg')].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  const seen = new Map();
  for (const text of svg.querySelectorAll('text')) {
    const box = text.getBoundingClientRect();
    // A label and its rim are the same text in the same place.
    const place = [Math.round(box.x), Math.round(box.y)];
    if (box.width > 0) seen.set([text.textContent, ...place].join(), box);
  }
  const found = [];
  const all = [...seen];
  all.forEach(([label, a], index) => {
    const isBeyond = a.left < frame.left - 2 || a.right > frame.right + 2;
    if (isBeyond) found.push('beyond the frame: ' + label);
    for (const [other, b] of all.slice(index + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 3) found.push(label + ' over ' + other);
    }
  });
  return found;
})`;

/** What axe finds wrong with the page, with the first places of each. */
async function violationsIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3)))`);
}

const visibleMarks = `[...document.querySelectorAll('figure svg')].map((svg) => ({
  label: svg.getAttribute('aria-label'),
  marks: [...svg.querySelectorAll('.role-mark path, .role-mark rect, .role-mark line')].filter(
    (mark) => mark.getBoundingClientRect().width + mark.getBoundingClientRect().height > 2,
  ).length,
}))`;

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
    for (const [file, html] of pages) {
      writeFileSync(join(folder, `${file}.html`), await html());
    }
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(file: string, { width, scheme, media }: View): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
    const url = pathToFileURL(join(folder, `${file}.html`)).href;
    complaints.length = 0;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    await page.emulateMedia({ media });
    await page.evaluate(
      `document.querySelectorAll('details').forEach((one) => { one.open = true })`,
    );
    return page;
  }

  describe.each(pages)('%s', (file) => {
    describe.each(views)('at $width px, $scheme, $media', (view) => {
      it('fits, cuts no text, and is readable for everyone', async () => {
        const page = await open(file, view);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
        // Hostile names are longer than any room for them: there they end in an ellipsis.
        const cut = await page.evaluate(file.includes('hostile') ? '[]' : cutTexts);
        expect(cut).toEqual([]);
        expect(await page.evaluate(overlappingLabels)).toEqual([]);
        expect(complaints).toEqual([]);
        expect(view.axe ? await violationsIn(page) : []).toEqual([]);
        await page.close();
      });
    });
  });

  it.each(['sample', 'growth', ...committed.map(([file]) => file)])(
    'draws something in every chart of %s, with words beside it',
    async (file) => {
      const page = await open(file, views[1] ?? { width: 1000, scheme: 'dark', media: 'screen' });
      const charts: { label: string; marks: number }[] = await page.evaluate(visibleMarks);
      expect(charts.length).toBeGreaterThanOrEqual(6);
      for (const { label, marks } of charts) {
        expect(label).toMatch(/\d/);
        expect(marks, label).toBeGreaterThanOrEqual(1);
      }
      await page.close();
    },
  );

  it('draws a stored result in less than 2 s of one core', async () => {
    const text = formatRunResult(sampleResult());
    const before = process.cpuUsage();
    await htmlReport(parseRunResult(text, 'result.json'));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(2);
  });

  it('shows hostile texts as text', async () => {
    const page = await open('hostile', { width: 1000, scheme: 'light', media: 'screen' });
    const shown = await page.locator('body').innerText();
    for (const text of hostileTexts.slice(0, 4)) expect(shown).toContain(name(text));
    expect(await page.title()).toBe(`${hostileTexts[0]} · shardlab`);
    expect(await page.locator('script, img').count()).toBe(0);
    expect(await page.locator('section').count()).toBe(10);
    await page.close();
  });

  it('prints the page for a lead of a capacity report on one sheet of A4', async () => {
    const page = await open('growth', { width: 703, scheme: 'light', media: 'print' });
    const end: number = await page.evaluate(
      `document.querySelector('section.one-page').getBoundingClientRect().bottom + scrollY`,
    );
    // 297 mm less its margins of 12 mm, at 96 px an inch.
    expect(end).toBeLessThan(1031);
    expect(
      await page.evaluate(`getComputedStyle(document.querySelector('section.page')).breakBefore`),
    ).toBe('page');
    await page.close();
  });

  it('prints on A4 without a page that is wider than the paper', async () => {
    const page = await open('sample', { width: 703, scheme: 'light', media: 'print' });
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes.length).toBeGreaterThan(3);
    // 210 mm x 297 mm in points.
    for (const [, width, height] of boxes) {
      expect(Number(width)).toBeCloseTo(595, -1);
      expect(Number(height)).toBeCloseTo(842, -1);
    }
    await page.close();
  });
});
