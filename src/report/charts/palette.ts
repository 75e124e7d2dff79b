import type { TopLevelSpec } from 'vega-lite';
import { chartFont } from './font-widths.ts';

/**
 * Colours are CSS variables of the page, so that one SVG serves light and dark. What differs by
 * colour differs by shape, place or label too.
 */
export const palette = {
  ink: 'var(--ink)',
  ground: 'var(--ground)',
  faint: 'var(--faint)',
  grid: 'var(--grid)',
  series: 'var(--series)',
  accent: 'var(--accent)',
  third: 'var(--third)',
  fourth: 'var(--fourth)',
  fifth: 'var(--fifth)',
} as const;

/** Colours for kinds that stand in one stack, in the order they are taken. */
export const stackColours = [
  palette.series,
  palette.accent,
  palette.third,
  palette.fourth,
  palette.fifth,
] as const;

/** p50, p95, p99 everywhere in the same shapes. */
export const percentileShapes = ['circle', 'triangle-up', 'square'] as const;

/** Look of every chart; `aria` off because the figure has its text alternative around the SVG. */
export const chartConfig: NonNullable<TopLevelSpec['config']> = {
  aria: false,
  background: 'transparent',
  font: chartFont,
  view: { stroke: null },
  axis: {
    labelColor: palette.ink,
    titleColor: palette.ink,
    titleFontWeight: 'normal',
    gridColor: palette.grid,
    domainColor: palette.faint,
    tickColor: palette.faint,
    labelFontSize: 11,
    titleFontSize: 11,
  },
  legend: {
    labelColor: palette.ink,
    titleColor: palette.ink,
    labelFontSize: 11,
    symbolStrokeWidth: 1,
  },
};
