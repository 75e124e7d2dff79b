import { expect, test } from 'vitest';
import { foundPrefix } from './found-prefix.ts';
import { linePrefix } from './line-prefix.ts';
import { LogTimes } from './log-times.ts';

const heads = {
  '%m [%p] ': '2026-01-31 18:00:00.250 CET [4711] ',
  '%t [%p]: ': '2026-01-31 18:00:00 -03 [4711]: ',
  '%t [%p]: user=%u,db=%d,app=%a,client=%h ':
    '2026-01-31 18:00:00 UTC [4711]: user=app,db=shop,app=my app [x],client=10.0.0.1 ',
  '%t:%r:%u@%d:[%p]:': '2026-01-31 18:00:00 UTC:10.0.0.1(54321):app@shop:[4711]:',
  '%m [%p]: [%l-1] db=%d,user=%u ': '2026-01-31 18:00:00.250 UTC [4711]: [3-1] db=shop,user=app ',
  '%m [%p] %q%u@%d ': '2026-01-31 18:00:00.250 UTC [4711] app@shop ',
} as const;
const settings = Object.keys(heads) as (keyof typeof heads)[];

test.each(settings)('%s is found, and read', (setting) => {
  const lines = [
    `${heads[setting]}LOG:  statement: select 1`,
    '\tfrom t',
    `${heads[setting]}DETAIL:  LOG:  x`,
  ];
  const prefix = foundPrefix(lines);
  expect(prefix?.setting).toBe(setting);
  const head = prefix?.head(lines[0] ?? '', new LogTimes());
  expect(head).toMatchObject({ session: '4711', severity: 'LOG', text: 'statement: select 1' });
  const east = setting === '%m [%p] ' ? 60 : setting === '%t [%p]: ' ? -180 : 0;
  const ms = setting.startsWith('%m') ? 250 : 0;
  expect(head?.atMs).toBe(Date.UTC(2026, 0, 31, 18) + ms - east * 60_000);
});

test.each([
  ['no prefix at all', '', ''],
  ['%c: a session', '2026-01-31 18:00:00 UTC 697e4a40.fa0 x ', '697e4a40.fa0'],
  ['a process in brackets', '[web-1] <2026-01-31 18:00:00.1 UTC> [99-3] ', '99'],
])('%s: what nobody listed is read by its parts', (_, head, session) => {
  const prefix = foundPrefix([`${head}LOG:  statement: select 1`]);
  expect(prefix?.setting).toBeNull();
  expect(prefix?.head(`${head}LOG:  statement: select 1`, new LogTimes())).toMatchObject({
    session,
    text: 'statement: select 1',
  });
});

const given = (setting: string, line: string): unknown =>
  linePrefix(setting).head(line, new LogTimes());

test('escapes: %%, padding, %q, %n, unknown letters, spaces lost at the end', () => {
  const text = 'LOG:  duration: 1 ms';
  expect(given('100%% %z[%-8p]', `100% [4711    ] ${text}`)).toMatchObject({ session: '4711' });
  expect(given('%8p%q %u', `    4711${text}`)).toMatchObject({ session: '4711' });
  expect(given('%n %c', `1769882400.125 a.b ${text}`)).toMatchObject({
    atMs: 1_769_882_400_125,
    session: 'a.b',
  });
  expect(given('%p %s ', `7 2026-01-31 18:00:00 UTC ${text}`)).toMatchObject({
    session: '7 of 2026-01-31 18:00:00 UTC',
  });
  expect(given('%r ', `10.0.0.1(5432) ${text}`)).toMatchObject({ session: '10.0.0.1(5432)' });
  expect(given('%m (%e) $^ ', `2026-01-31 18:00:00.000 UTC (00000) $^ ${text}`)).not.toBeNull();
  expect(given('%m [%p] ', text)).toBeNull();
});

test('a line that fits no prefix is given up soon', () => {
  const prefix = linePrefix('%a %u %d %h %r %b %i ');
  const before = process.cpuUsage();
  for (let index = 0; index < 100; index += 1) {
    expect(prefix.head(' '.repeat(100_000), new LogTimes())).toBeNull();
  }
  const { user } = process.cpuUsage(before);
  expect(user / 1e6).toBeLessThan(1);
});
