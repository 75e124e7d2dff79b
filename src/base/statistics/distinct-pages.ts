// Cardenas 1975, "Analysis and performance of inverted data base structures": pages hit by n of
// equal chance.
import { assert } from '../assert.ts';

/**
 * Expected number of different pages, of `pages` in all, that `touches` touch when each falls on
 * any page with the same chance: pages x (1 - (1 - 1/pages)^touches).
 */
export function distinctPages(pages: number, touches: number): number {
  assert(pages >= 1 && touches >= 0, `distinct pages of ${pages} after ${touches} touches`);
  if (pages === 1) return Math.min(1, touches);
  // Of a large index 1/pages is lost beside 1.
  return -pages * Math.expm1(touches * Math.log1p(-1 / pages));
}

/**
 * The touches after which so many different pages are expected; Infinity where it is all of them.
 */
export function touchesFor(pages: number, distinct: number): number {
  assert(pages >= 1 && distinct >= 0, `touches of ${pages} pages for ${distinct}`);
  if (distinct >= pages) return Infinity;
  if (pages === 1) return distinct;
  return Math.log1p(-distinct / pages) / Math.log1p(-1 / pages);
}
