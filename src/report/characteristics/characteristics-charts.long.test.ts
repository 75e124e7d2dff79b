import { expect, test } from 'vitest';
import { characteristicsFixture } from './characteristics-fixture.ts';
import { characteristicsHtml } from './characteristics-report.ts';

test('the page has its charts as pictures, and all of it in one file', async () => {
  const html = await characteristicsHtml(characteristicsFixture());
  expect(html.match(/<svg/g)?.length).toBeGreaterThanOrEqual(4);
  expect(html).not.toMatch(/(src|href)="https?:/);
  expect(html).toContain('Load by value of tenant_id and time');
});
