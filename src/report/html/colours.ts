/**
 * Colours of reports: Okabe and Ito's palette, which the colour-blind can tell apart, darkened or
 * lightened until text has a contrast of 4.5 and marks of 3 on their ground.
 */
export const light = {
  ground: '#fff',
  raised: '#f6f7f9',
  ink: '#1b1f24',
  quiet: '#545d68',
  grid: '#e3e6ea',
  faint: '#8a939e',
  line: '#d5d9de',
  series: '#0072b2',
  accent: '#b94e00',
  third: '#00805f',
  fourth: '#a0478c',
  fifth: '#7d6a00',
  good: '#00684d',
  doubtful: '#7a4b00',
  bad: '#a82a00',
  link: '#005a8e',
} as const;

export type Colours = Readonly<Record<keyof typeof light, string>>;

export const dark: Colours = {
  ground: '#14171b',
  raised: '#1d2127',
  ink: '#e8eaed',
  quiet: '#a9b1bb',
  grid: '#2c323a',
  faint: '#79828d',
  line: '#343b44',
  series: '#56b4e9',
  accent: '#f0924a',
  third: '#2fc29c',
  fourth: '#dd8fc0',
  fifth: '#e8d84a',
  good: '#4fd1ab',
  doubtful: '#f0c04a',
  bad: '#ff9370',
  link: '#7cc4f2',
};

/** On paper: black on white, nothing raised. */
export const print: Colours = {
  ...light,
  raised: '#fff',
  ink: '#000',
  quiet: '#333',
  grid: '#ddd',
  faint: '#777',
  line: '#bbb',
  link: '#000',
};

/** The colours as custom properties of CSS. */
export function customProperties(colours: Colours): string {
  return Object.entries(colours)
    .map(([key, value]) => `--${key}: ${value};`)
    .join(' ');
}

/** The text with `var(--name)` replaced by the colours of that name. */
export function withColours(text: string, colours: Colours): string {
  const known: Readonly<Record<string, string>> = colours;
  return text.replaceAll(/var\(--(\w+)\)/g, (whole, key: string) => known[key] ?? whole);
}
