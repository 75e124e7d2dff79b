/** How a value stood against a limit, second by second, on the shard where it stood out most. */
interface Sustained {
  readonly shard: number;
  /** Largest level that the value did not fall below for the asked number of seconds in a row. */
  readonly level: number;
  /** Longest time above the limit, and the second in which it began; null where it never was. */
  readonly heldSeconds: number;
  readonly sinceSecond: number | null;
}

/**
 * The value of each shard in each second; null where it is not known, which ends a stretch.
 *
 * @param least seconds in a row, at least 1
 * @returns null where no shard has so many known seconds in a row
 */
export function sustained(
  byShard: readonly (readonly (number | null)[])[],
  limit: number,
  least: number,
): Sustained | null {
  const known = byShard.flatMap((values, shard) => {
    const level = sustainedLevel(values, least);
    return level === null ? [] : [{ shard, level, ...longestAbove(values, limit) }];
  });
  // Of shards at the same level the one that was above the limit for longer is the one to name.
  const [best] = known.toSorted((a, b) =>
    a.level === b.level ? b.heldSeconds - a.heldSeconds : b.level - a.level,
  );
  return best ?? null;
}

/** Over all stretches of `least` seconds, the largest of their least values. */
function sustainedLevel(values: readonly (number | null)[], least: number): number | null {
  let level: number | null = null;
  let known = 0;
  for (const [second, value] of values.entries()) {
    known = value === null ? 0 : known + 1;
    if (known < least) continue;
    const stretch = values.slice(second - least + 1, second + 1);
    const lowest = Math.min(...stretch.map((each) => each ?? Infinity));
    if (level === null || lowest > level) level = lowest;
  }
  return level;
}

function longestAbove(values: readonly (number | null)[], limit: number) {
  let heldSeconds = 0;
  let sinceSecond: number | null = null;
  let run = 0;
  for (const [second, value] of values.entries()) {
    run = value !== null && value > limit ? run + 1 : 0;
    if (run <= heldSeconds) continue;
    heldSeconds = run;
    sinceSecond = second - run + 1;
  }
  return { heldSeconds, sinceSecond };
}
