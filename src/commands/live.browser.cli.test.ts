import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '../base/assert.ts';
import { scratch, type Started, start, tinyScenario } from './shardlab-fixture.ts';

const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
  .map((program) => `/usr/bin/${program}`)
  .find((path) => existsSync(path));

async function urlOf({ child, shows }: Started): Promise<string> {
  let said = '';
  child.stderr?.on('data', (text: string) => (said += text));
  await shows('/?token=');
  await shows('fleet:');
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said) ?? [];
  return url;
}

/** `d` of every line on the page, all in one text. */
const lines = `[...document.querySelectorAll('#charts .role-mark path')]
  .map((path) => path.getAttribute('d')).join()`;

/** Polled from outside: within the page its policy allows no text to be run. */
async function until(page: Page, condition: string): Promise<void> {
  while ((await page.evaluate(condition)) !== true) await sleep(50);
}

describe.skipIf(executablePath === undefined)('a watched run (needs Chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath: present(executablePath, 'Chromium'), args });
  });
  afterAll(() => browser.close());

  async function open(url: string, width: number, complaints: string[]): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(?:http:\/\/127\.0\.0\.1:\d+\/|data:)/.test(request.url())) {
        complaints.push(request.url());
      }
    });
    await page.goto(url);
    return page;
  }

  async function fits(page: Page, width: number): Promise<void> {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.evaluate(axe.source);
    const wrong = await page.evaluate(`axe.run().then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes[0]?.html.slice(0, 120)))`);
    expect(wrong).toEqual([]);
  }

  it('is drawn while it goes on, and is its report when it has ended', async () => {
    const folder = scratch();
    const scenario = join(folder, 'watched.yaml');
    writeFileSync(scenario, tinyScenario({ duration: '5s' }));
    const out = join(folder, 'out');
    const started = start(['run', '--live', scenario, '--out', out]);
    const url = await urlOf(started);
    const complaints: string[] = [];
    const wide = await open(url, 1100, complaints);
    await until(wide, `(${lines}).includes('L')`);
    const before = await wide.evaluate(lines);
    expect(await wide.locator('#charts svg').count()).toBe(3);
    await until(wide, `(${lines}) !== ${JSON.stringify(before)}`);
    await wide.locator('#verdicts .verdicts > li').first().waitFor();
    await fits(wide, 1100);

    const late = await open(url, 390, complaints);
    await late.locator('#charts svg').first().waitFor();
    expect(await late.locator('#facts').innerText()).toMatch(/Cells done\s+[123] of 3/);
    await fits(late, 390);
    const gone = await open(url, 390, complaints);
    await gone.close();

    await Promise.all([wide, late].map((page) => page.locator('h2#answer').waitFor()));
    const { code, stderr } = await started.ended;
    expect([0, 5]).toContain(code);
    expect(stderr).not.toContain('bug');
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    const file = await browser.newPage();
    await file.setContent(readFileSync(join(out, 'report.html'), 'utf8'));
    const main = await file.locator('main').innerHTML();
    for (const page of [wide, late]) {
      expect(await page.locator('main').innerHTML()).toBe(main);
      expect(await page.locator('header [role=status]').innerText()).toBe(
        `The run has ended. This is its report, which is also in ${join(out, 'report.html')}.`,
      );
      expect(await page.locator('script').count()).toBe(0);
    }
    expect(complaints).toEqual([]);
  });
});

/** All events of a run, as text. */
async function eventsOf(url: string): Promise<string> {
  const response = await fetch(url.replace('/?', '/events?'));
  return response.text();
}

describe('the page of a run', () => {
  it('ends with Ctrl-C, and gets the report of what was measured', async () => {
    const folder = scratch();
    const scenario = join(folder, 'watched.yaml');
    writeFileSync(scenario, tinyScenario({ duration: '20s' }));
    const started = start(['run', scenario, '--live', '0', '--out', join(folder, 'out')]);
    const events = eventsOf(await urlOf(started));
    await started.shows(': measure');
    started.child.kill('SIGINT');
    const { code } = await started.ended;
    expect(code).toBe(130);
    const [, data = ''] = /event: ended\ndata: (.*)\n/.exec(await events) ?? [];
    const { report, said } = JSON.parse(data) as { report: string; said: string };
    expect(report).toBe(readFileSync(join(folder, 'out', 'report.html'), 'utf8'));
    expect(said).toContain('The run has ended.');
  });

  it('says so where a run ends without a report', async () => {
    const folder = scratch();
    const scenario = join(folder, 'watched.yaml');
    writeFileSync(scenario, tinyScenario());
    const started = start(['run', scenario, '--live', '--out', join(folder, 'out')]);
    const events = eventsOf(await urlOf(started));
    started.child.kill('SIGTERM');
    expect((await started.ended).code).toBe(143);
    expect(await events).toContain('"report":null,"said":"The run has ended without a report;');
  });

  it.each([
    ['--live=x', "error: --live: 'x' is no port; allowed: a whole number from 0 to 65535\n"],
    ['--live=65536', "error: --live: '65536' is no port"],
    ['--dry-run', "error: option '--live [port]' cannot be used with option '--dry-run'"],
  ])('is refused with %s', async (flag, message) => {
    const folder = scratch();
    const scenario = join(folder, 'watched.yaml');
    writeFileSync(scenario, tinyScenario());
    const { ended } = start(['run', '--live', scenario, flag]);
    const { code, stderr } = await ended;
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
