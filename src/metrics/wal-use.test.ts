import fc from 'fast-check';
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { distinctPages } from '../base/statistics/distinct-pages.ts';
import type { ShardServer } from '../result/shard-server.ts';
import type { ShardResult } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { walUse } from './wal-use.ts';

const sample: ShardResult = present(sampleResult().cells[1]?.shards[0], 'a shard');
const server: ShardServer = present(sample.server, 'its server');

const pages = 500;
const imageBytes = 6000;
const recordBytes = 300;
const writesPerSecond = 100;

interface Given {
  readonly seconds?: number;
  readonly before?: number;
  /** Touches of pages drawn from all by one row. */
  readonly touches?: number;
  readonly change?: Partial<ShardServer>;
  readonly checkpointAt?: number;
  /** Images are counted, so that a last page without one is soon not to be seen. */
  readonly rounded?: boolean;
}

/**
 * A shard whose log is what the closed form says: inserts that touch pages of an index by chance.
 */
function shard(given: Given) {
  const { seconds = 12, before = 50, touches = 1, change = {}, checkpointAt, rounded } = given;
  const imagesAfter = (writes: number): number => distinctPages(pages, touches * writes);
  const rows = before + seconds * writesPerSecond;
  const images = rounded ? Math.floor(imagesAfter(rows)) : imagesAfter(rows);
  const logged = rows * recordBytes + images * imageBytes;
  return {
    ...sample,
    writesSent: seconds * writesPerSecond,
    server: {
      ...server,
      // Pages that split have grown it since the load.
      indexBytes: (pages + rows / 100) * 8192,
      indexBytesLoaded: pages * 8192,
      indexes: 1,
      writesBefore: before,
      rowsInserted: rows,
      rowsUpdated: 0,
      wal: {
        records: 3 * rows,
        images,
        bytes: logged,
        imageBytes: images * imageBytes,
        pages: null,
      },
      ...change,
    },
    series: Array.from({ length: seconds }, (_, second) => {
      const from = before + second * writesPerSecond;
      const whole = imagesAfter(from + writesPerSecond) - imagesAfter(from);
      return {
        ...present(sample.series[0], 'a second'),
        second,
        writes: writesPerSecond,
        walBytes: writesPerSecond * recordBytes + whole * imageBytes,
        checkpoints: second === checkpointAt ? 1 : 0,
      };
    }),
  };
}

const settings = { indexBytes: [8192 * 1e6], checkpointMs: 300_000 };
const useOf = (...given: readonly Given[]) => {
  const seconds = given[0]?.seconds ?? 12;
  return walUse(given.map(shard), seconds * 1000, settings);
};

test('the touches of a row are found again from the images', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), (touches) => {
      expect(useOf({ touches })?.randomTouchesPerRow).toBeCloseTo(touches, 6);
    }),
  );
});

test('two shards alike have the curve of one, and the totals of two', () => {
  const one = useOf({});
  const two = useOf({}, {});
  expect(two?.curve).toEqual(one?.curve);
  expect(two?.rows).toBe(2 * (one?.rows ?? 0));
  expect(two?.rowsPerSecond).toBeCloseTo(writesPerSecond, 9);
});

test('the curve begins after the warm-up and falls as images become rare', () => {
  const curve = useOf({ seconds: 13 })?.curve ?? [];
  expect(curve.map(({ fromWrites, toWrites }) => [fromWrites, toWrites])).toEqual([
    [50, 250],
    [250, 450],
    [450, 650],
    [650, 850],
    [850, 1050],
    [1050, 1250],
  ]);
  const expected = curve.map(({ fromWrites, toWrites }) => {
    const images = distinctPages(pages, toWrites) - distinctPages(pages, fromWrites);
    return recordBytes + (images * imageBytes) / (toWrites - fromWrites);
  });
  for (const [step, { bytesPerWrite }] of curve.entries()) {
    expect(bytesPerWrite).toBeCloseTo(expected[step] ?? 0, 6);
  }
});

test('the curve ends with the second of a checkpoint: pages are logged anew after it', () => {
  const curve = useOf({ checkpointAt: 5 })?.curve ?? [];
  expect(curve.at(-1)?.toWrites).toBe(50 + 5 * writesPerSecond);
});

test('a forecast is the closed form with other sizes', () => {
  const [measured, large] = useOf({})?.forecasts ?? [];
  const rows = writesPerSecond * 300;
  expect(measured?.rows).toBeCloseTo(rows, 6);
  // All pages have their image long before five minutes are over: 500, and those that splits have
  // made.
  const all = pages + (50 + 12 * writesPerSecond) / 100;
  expect(measured?.bytesPerRow).toBeCloseTo(recordBytes + (all * imageBytes) / rows, 6);
  const images = distinctPages(1e6, rows);
  expect(large?.imagesPerRow).toBeCloseTo(images / rows, 6);
  expect(large?.bytesPerRow).toBeCloseTo(recordBytes + (images / rows) * imageBytes, 3);
  expect(large?.bytesPerSecond).toBeCloseTo((large?.bytesPerRow ?? 0) * writesPerSecond, 6);
});

test('the window of a run changes its bytes for each row, but no forecast', () => {
  const perRow = (seconds: number): number => {
    const use = useOf({ seconds, rounded: true });
    return (use?.bytes ?? 0) / (use?.rows ?? 1);
  };
  expect(perRow(4)).toBeGreaterThan(2 * perRow(40));
  const forecast = (seconds: number): number =>
    useOf({ seconds, rounded: true })?.forecasts[1]?.bytesPerRow ?? 0;
  for (const seconds of [20, 40, 80]) {
    expect(forecast(seconds) / forecast(4)).toBeGreaterThan(0.98);
    expect(forecast(seconds) / forecast(4)).toBeLessThan(1.02);
  }
});

test('where nearly every page had its image before the window, nothing is forecast', () => {
  const late = useOf({ before: 5000, rounded: true });
  expect(late?.randomTouchesPerRow).toBeNull();
  expect(late?.forecasts).toEqual([]);
});

test('a row touches each index once, at most', () => {
  expect(useOf({ touches: 3, change: { indexes: 2 } })?.randomTouchesPerRow).toBe(2);
});

test('rows that change pages of the table as well have no forecast', () => {
  expect(useOf({ change: { rowsUpdated: 1e6 } })?.forecasts).toEqual([]);
  const unread = { records: 1, images: 9, bytes: 1e7, imageBytes: null, pages: null };
  expect(useOf({ change: { wal: unread } })?.forecasts).toEqual([]);
});

test('nothing is said without the log of every shard, or without a row', () => {
  expect(useOf({}, { change: { wal: null } })).toBeNull();
  expect(useOf({ change: { rowsInserted: 0, rowsUpdated: 0, rowsDeleted: 0 } })).toBeNull();
});

test('without a look at the log in each second there is no curve', () => {
  const unseen = shard({});
  for (const row of unseen.series) delete (row as Partial<typeof row>).walBytes;
  expect(walUse([unseen], 12_000, settings)?.curve).toEqual([]);
});
