import { palette } from '../../charts/palette.ts';

/** What all bars of a chart stand on, one for each shard count. */
export const shardsAxis = (title: string) => ({
  field: 'shards',
  type: 'ordinal' as const,
  title,
  axis: { labelAngle: 0 },
});

type Axis = ReturnType<typeof shardsAxis>;

interface Interval {
  readonly shards: number;
  readonly low: number;
  readonly high: number;
}

/** A line over each bar from the low to the high end of what is uncertain. */
export const intervalLayer = (x: Axis, values: readonly Interval[]) => ({
  data: { values: [...values] },
  mark: { type: 'rule' as const, strokeWidth: 1.5 },
  encoding: {
    x,
    y: { field: 'low', type: 'quantitative' as const },
    y2: { field: 'high' },
    color: { value: palette.ink },
  },
});

/** The field `label` above each bar, where the field `top` ends. */
export const labelLayer = (x: Axis, top: string, values: readonly object[]) => ({
  data: { values: [...values] },
  mark: { type: 'text' as const, dy: -7, fontSize: 11 },
  encoding: {
    x,
    y: { field: top, type: 'quantitative' as const },
    text: { field: 'label', type: 'nominal' as const },
    color: { value: palette.ink },
  },
});
