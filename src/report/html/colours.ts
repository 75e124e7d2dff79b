/**
 * Colours of reports, after Okabe and Ito's palette for the colour-blind; darkened or lightened
 * until they have a contrast of 4.5 on their ground and differ for every kind of dichromat (the
 * test knows by how much).
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
  third: '#095031',
  fourth: '#99337c',
  fifth: '#594700',
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
  third: '#73ffd5',
  fourth: '#d98cbe',
  fifth: '#ebd547',
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
