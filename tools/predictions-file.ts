/** results/baseline/predictions.md has two parts, each made by a command of its own. */
export const scanHeading = '## Other shard counts, with a scan';

/** The file with this section instead of the one that it had, which is its last. */
export function withSection(file: string, section: string): string {
  const [first = ''] = file.split(scanHeading);
  return `${first.trimEnd()}\n\n${section}`;
}

/** The first part made again, and the section as it stood. */
export function withFirstPart(file: string, first: string): string {
  const [, last] = file.split(scanHeading);
  return last === undefined ? first : `${first.trimEnd()}\n\n${scanHeading}${last}`;
}
